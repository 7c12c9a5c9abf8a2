//! The system's browser comes back from Meta: to the desktop app by its link, or to the engine behind the listener.

use reqwest::{Client, Response};
use twinbox_server::{Host, Settings};
use twinbox_tests::desk::{Desk, Setup, settings};

async fn desk(returns_to_app: bool) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::new().await.unwrap();
    let settings = Settings {
        returns_to_app,
        ..settings(&desk.meta, folder.path(), Setup::default())
    };
    let (meta, _) = desk.stop().await.unwrap();
    let host = Host::start(settings).await.unwrap();
    Desk::on(meta, folder, host)
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).unwrap().to_str().unwrap()
}

#[tokio::test]
async fn a_browser_is_led_to_the_desktop_app_by_its_link_without_a_script() {
    let desk = desk(true).await;
    let url = desk.url("/signup/callback?code=AQD-1_x&state=0af&x=%3Cscript%3E");
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    let policy = header(&answer, "content-security-policy").to_owned();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
        "{policy}"
    );
    let page = answer.text().await.unwrap();
    let link = "twinbox://signup/callback?code=AQD-1_x&amp;state=0af&amp;x=%3Cscript%3E\"";
    assert_eq!(page.matches(link).count(), 2, "{page}");
    assert!(!page.contains("<script"), "{page}");
}

#[tokio::test]
async fn what_is_no_answer_of_meta_goes_nowhere_and_is_not_repeated() {
    for returns_to_app in [true, false] {
        let desk = desk(returns_to_app).await;
        let long = format!("?code={}", "a".repeat(4096));
        for query in ["", "?", "?code=<b>7", "?code=\"7", &long] {
            // Not by reqwest's own parser, which would encode what must arrive as it is.
            let (status, page) = get_raw(&desk, &format!("/signup/callback{query}")).await;
            assert_eq!(status, 400, "{query} {returns_to_app}");
            assert!(!page.contains("twinbox:") && !page.contains("<b>7"), "{page}");
            assert!(!page.contains("\"7") && !page.contains("aaaa"), "{page}");
        }
        let head = Client::new().head(desk.url("/signup/callback?code=1&state=2"));
        assert_eq!(head.send().await.unwrap().status(), 405);
    }
}

#[tokio::test]
async fn without_a_desktop_app_the_engine_is_told_and_the_page_says_how_it_went() {
    let desk = desk(false).await;
    let url = desk.url("/signup/callback?code=SECRETCODE&state=nobody-asked");
    let page = reqwest::get(url).await.unwrap().text().await.unwrap();
    assert!(page.contains("That did not work"), "{page}");
    assert!(!page.contains("twinbox:") && !page.contains("SECRETCODE"), "{page}");
    let url = desk.url("/signup/callback?code=SECRETCODE&state=nobody-asked");
    let request = Client::new().get(url).header("accept-language", "ar-EG,en;q=0.5");
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains("lang=\"ar\"") && page.contains("<h1>لم ينجح ذلك</h1>"),
        "{page}"
    );
}

/// Status and body of a request whose target is sent as it stands.
async fn get_raw(desk: &Desk, target: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(desk.host().address()).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
}

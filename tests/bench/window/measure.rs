//! What is measured inside the page, each as a script that waits for what a person would see.
//!
//! Something is painted when a message that was posted from an animation frame arrives.

use crate::quantile;
use anyhow::Context;
use serde_json::{Value, json};
use std::time::Duration;
use twinbox_tests::webdriver::Window;

/// Nobody clicks faster; what is done after one click is not to be found in the next.
const REST: Duration = Duration::from_millis(300);
/// How many conversations and results are copied for the floors.
const COPIES: u32 = 8;
const THREAD: &str = ".pane--thread";
const FOUND: &str = ".rows.found";

/// Functions of the scripts below. `until` looks at each frame and tells how long it took, painted, in milliseconds.
const PRELUDE: &str = "
    const painted = done => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    };
    const until = (since, is_so) => new Promise((done, failed) => {
        const look = () => {
            if (is_so()) painted(() => done(performance.now() - since));
            else if (performance.now() - since > 10000) failed(new Error('nothing came'));
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
    const all = css => [...document.querySelectorAll(css)];
    const type = (field, text) => {
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    };
";

/// Opens a conversation that is not open, the `n`-th of those drawn.
const OPEN: &str = "
    const rows = all('.rows .row[role=option]:not([aria-current=true])');
    const row = rows[arguments[0] % rows.length];
    const name = row.querySelector('.row__name').textContent;
    all('.msg').forEach(old => old.dataset.old = '');
    const since = performance.now();
    row.click();
    return until(since, () => document.querySelector('.thread__name')?.textContent === name
        && document.querySelector('[role=log] .msg:not([data-old])'));
";

/// Keeps a copy of a part of the page, the `n`-th.
const COPY: &str = "
    const [css, n] = arguments;
    window.copies = n === 0 ? [] : window.copies;
    window.copies.push(document.querySelector(css).cloneNode(true));
";

/// Puts one of the copies in that part's place for a moment: all that the engine of the page has to do, without the app.
const PUT: &str = "
    const [css, n] = arguments;
    const own = document.querySelector(css);
    const copy = window.copies[n % window.copies.length].cloneNode(true);
    const to_the_end = () => all('[role=log]').forEach(log => log.scrollTop = log.scrollHeight);
    const since = performance.now();
    own.replaceWith(copy);
    to_the_end();
    const time = await until(since, () => true);
    copy.replaceWith(own);
    to_the_end();
    return time;
";

/// Scrolls the list to a share of its height, and waits until rows are drawn there.
const GO: &str = "
    const list = document.querySelector('.rows');
    const since = performance.now();
    list.scrollTop = list.scrollHeight * arguments[0];
    const seen = () => {
        const box = list.getBoundingClientRect();
        return document.elementFromPoint(box.left + 80, box.top + box.height / 2)?.closest('.row[role=option]');
    };
    return until(since, seen);
";

/// Types a word key by key, and measures from the last key.
const SEARCH: &str = "
    const field = document.querySelector('input[role=combobox]');
    const word = arguments[0];
    for (let n = 1; n < word.length; n++) {
        type(field, word.slice(0, n));
        await new Promise(next => setTimeout(next, 60));
    }
    const since = performance.now();
    type(field, word);
    return until(since, () => all('.found mark').some(mark => mark.textContent.toLowerCase() === word));
";

/// Ends the search.
const END_SEARCH: &str = "
    type(document.querySelector('input[role=combobox]'), '');
    return until(performance.now(), () => document.querySelector('.rows .row[role=option]') && !document.querySelector('.found'));
";

/// One more letter in the composer.
const KEY: &str = "
    const field = document.querySelector('.composer__input');
    const since = performance.now();
    type(field, field.value + 'a');
    return until(since, () => true);
";

/// Time between frames, while an element is scrolled by some pixels in each.
const FRAMES: &str = "
    const [css, pixels, milliseconds] = arguments;
    return new Promise(done => {
        const gaps = [];
        let last = performance.now();
        const end = last + milliseconds;
        const frame = () => {
            const now = performance.now();
            gaps.push(now - last);
            last = now;
            if (pixels) document.querySelector(css).scrollTop += pixels;
            if (now < end) requestAnimationFrame(frame); else done(gaps);
        };
        requestAnimationFrame(frame);
    });
";

async fn run(window: &Window, script: &str, arguments: &[Value]) -> anyhow::Result<Value> {
    let whole = format!("{PRELUDE} return (async function() {{ {script} }}).apply(null, arguments);");
    window.execute(&whole, arguments).await
}

async fn timed(window: &Window, script: &str, arguments: &[Value]) -> anyhow::Result<f64> {
    let told = run(window, script, arguments).await?;
    told.as_f64().context("the page told no time")
}

/// A click on a row until its conversation is painted, all over the list.
pub(super) async fn opening(window: &Window, rounds: u32) -> anyhow::Result<()> {
    let (mut opened, mut went) = (Vec::new(), Vec::new());
    for n in 0..rounds {
        let share = f64::from(n * 37 % rounds) / f64::from(rounds);
        went.push(timed(window, GO, &[json!(share)]).await?);
        tokio::time::sleep(REST).await;
        opened.push(timed(window, OPEN, &[json!(n * 7)]).await?);
        tokio::time::sleep(REST).await;
        if n < COPIES {
            run(window, COPY, &[json!(THREAD), json!(n)]).await?;
        }
    }
    report("a click until the conversation is painted", opened);
    put(window, THREAD, rounds).await?;
    report("a jump in the list until rows are painted", went);
    Ok(())
}

/// The floor of the measure before: the same elements, put there ready-made.
async fn put(window: &Window, css: &str, rounds: u32) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for n in 0..rounds {
        times.push(timed(window, PUT, &[json!(css), json!(n)]).await?);
        tokio::time::sleep(REST).await;
    }
    report("floor: the same elements, put there ready-made", times);
    Ok(())
}

/// Scrolls the list back to its newest conversation.
pub(super) async fn to_the_top(window: &Window) -> anyhow::Result<()> {
    timed(window, GO, &[json!(0)]).await.map(drop)
}

/// A word typed key by key until its results are painted.
pub(super) async fn searching(window: &Window, words: &[String]) -> anyhow::Result<()> {
    let mut found = Vec::new();
    for (n, word) in words.iter().enumerate() {
        found.push(timed(window, SEARCH, &[json!(word)]).await?);
        if n < COPIES as usize {
            run(window, COPY, &[json!(FOUND), json!(n)]).await?;
        }
        if n + 1 < words.len() {
            timed(window, END_SEARCH, &[]).await?;
        }
    }
    report("the last key of a search until its results are painted", found);
    put(window, FOUND, u32::try_from(words.len())?).await?;
    timed(window, END_SEARCH, &[]).await.map(drop)
}

/// A letter in the composer until it is painted.
pub(super) async fn typing(window: &Window, rounds: u32) -> anyhow::Result<()> {
    window.wait_for(".composer:not([hidden]) .composer__input").await?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        times.push(timed(window, KEY, &[]).await?);
    }
    report("a key in the composer until it is painted", times);
    Ok(())
}

/// Frames while something scrolls, or while nothing does with `pixels` 0.
pub(super) async fn frames(window: &Window, what: &str, css: &str, pixels: i32, time: Duration) -> anyhow::Result<()> {
    let milliseconds = u64::try_from(time.as_millis())?;
    let gaps = run(window, FRAMES, &[json!(css), json!(pixels), json!(milliseconds)]).await?;
    let gaps: Vec<f64> = gaps
        .as_array()
        .context("no frames")?
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let long = gaps.iter().filter(|gap| **gap > 50.0).count();
    report(&format!("{what}: a frame, {long} of {} over 50 ms", gaps.len()), gaps);
    Ok(())
}

/// Prints these times in milliseconds.
pub(super) fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    println!(
        "  {what}: median {:.0} ms, p95 {:.0} ms, worst {:.0} ms",
        quantile(&times, 0.5),
        quantile(&times, 0.95),
        quantile(&times, 1.0),
    );
}

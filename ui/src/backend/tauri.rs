//! The desktop shell: three commands, `call`, `subscribe` and `upload`, over Tauri's own IPC functions.

use super::reorder::Reorder;
use super::{ANSWER, Ended, Heard, sleep, within};
use crate::text;
use js_sys::{Function, JSON, JsString, Object, Promise, Reflect, Uint8Array};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use twinbox_domain::{MessageId, Seq};
use twinbox_protocol::{ApiError, ErrorCode, FileSize, Told};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};

/// A message of the channel that is missing for longer than this is lost.
const HELD_BACK: Duration = Duration::from_secs(2);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI_INTERNALS__"])]
    async fn invoke(command: &str, args: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = transformCallback)]
    fn transform_callback(callback: &Function, once: bool) -> u32;

    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = convertFileSrc)]
    fn address_of(path: &str, scheme: &str) -> Result<String, JsValue>;
}

/// Whether this page runs inside the shell.
pub fn is_here() -> bool {
    Reflect::has(&leptos::prelude::window(), &"__TAURI_INTERNALS__".into()).unwrap_or(false)
}

/// What `boot.js` began when the page did: the answer, what will be answered, or nothing when that was taken.
pub async fn greeting() -> Option<Result<Vec<u8>, ApiError>> {
    let (window, name) = (leptos::prelude::window(), JsValue::from_str("twinboxGreeting"));
    let begun = Reflect::get(&window, &name)
        .ok()
        .filter(|begun| !begun.is_undefined())?;
    // A field of a window can be set.
    let _ = Reflect::set(&window, &name, &JsValue::UNDEFINED);
    let answer = match begun.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(answer) => Ok(answer),
    };
    Some(
        answer
            .map(|reply| Uint8Array::new(&reply).to_vec())
            .map_err(|error| api_error(&error)),
    )
}

/// One request.
pub async fn call(json: &str) -> Result<Vec<u8>, ApiError> {
    let request = JSON::parse(json).map_err(|error| api_error(&error))?;
    let reply = invoke("call", &object(&[("request", &request)]))
        .await
        .map_err(|error| api_error(&error))?;
    Ok(Uint8Array::new(&reply).to_vec())
}

/// The bytes of a file, as they are.
pub async fn upload(file: &File) -> Result<Vec<u8>, ApiError> {
    let unread = |_| ApiError::new(ErrorCode::Invalid, text::FILE_UNREADABLE);
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(unread)?;
    let reply = invoke("upload", &Uint8Array::new(&bytes))
        .await
        .map_err(|error| api_error(&error))?;
    let json = JSON::stringify(&reply).map_err(|error| api_error(&error))?;
    Ok(String::from(json).into_bytes())
}

/// The file of a message. Fetched rather than named as a source: WebKitGTK plays nothing from an app's own scheme.
pub async fn file(message: MessageId, size: FileSize) -> Result<Response, JsValue> {
    let address = address_of(&message.to_string(), "media")? + size.as_query();
    JsFuture::from(leptos::prelude::window().fetch_with_str(&address))
        .await?
        .dyn_into()
}

/// Listens until the channel is closed. Also says whether it was ever open.
pub async fn listen(since: Seq, heard: impl Fn(Heard) + Clone + 'static) -> (Ended, bool) {
    let reorder = Rc::new(RefCell::new(Reorder::default()));
    let mut end: Option<Function> = None;
    let ended = Promise::new(&mut |resolve, _| end = Some(resolve));
    let on_event = heard.clone();
    let take = move |message: JsValue| {
        if field(&message, "end").is_truthy() {
            if let Some(end) = &end {
                // Resolving a promise cannot fail.
                let _ = end.call0(&JsValue::UNDEFINED);
            }
        } else {
            on_event(match told(&field(&message, "message")) {
                Some(Told::Event(event)) => Heard::Event(event),
                Some(Told::Open { conversation }) => Heard::Open(conversation),
                Some(Told::Saved { name }) => Heard::Notice(text::file_was_saved(&name)),
                Some(Told::NotSaved { name }) => Heard::Notice(text::file_was_not_saved(&name)),
                None => Heard::Unreadable,
            });
        }
    };
    let on_message = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        let index = field(&message, "index").as_f64().unwrap_or_default() as u64;
        // Bound first: the callee may bring the next message.
        let due = reorder.borrow_mut().push(index, message);
        due.into_iter().for_each(&take);
        let missing = reorder.borrow().missing();
        if let Some(missing) = missing {
            let (reorder, take) = (Rc::clone(&reorder), take.clone());
            spawn_local(async move {
                sleep(HELD_BACK).await;
                let due = reorder.borrow_mut().give_up(missing);
                due.into_iter().for_each(take);
            });
        }
    });
    // The shell keeps the callback for as long as the page lives; a shell's channel ends at most a few times.
    let id = transform_callback(on_message.into_js_value().unchecked_ref(), false);
    let args = object(&[
        ("since", &JsValue::from_str(&since.to_string())),
        ("channel", &JsValue::from_str(&format!("__CHANNEL__:{id}"))),
    ]);
    match within(ANSWER, invoke("subscribe", &args)).await {
        Some(Ok(_)) => {
            heard(Heard::Online);
            // A promise that is only ever resolved.
            let _ = JsFuture::from(ended).await;
            (Ended::Lost, true)
        }
        Some(Err(error)) if api_error(&error).code == ErrorCode::Unauthorized => (Ended::SignedOut, false),
        Some(Err(_)) | None => (Ended::Lost, false),
    }
}

fn told(message: &JsValue) -> Option<Told> {
    let json = match message.dyn_ref::<JsString>() {
        Some(text) => String::from(text),
        None => String::from(JSON::stringify(message).ok()?),
    };
    serde_json::from_slice(json.as_bytes()).ok()
}

fn api_error(error: &JsValue) -> ApiError {
    let json = JSON::stringify(error).map(String::from).unwrap_or_default();
    serde_json::from_slice(json.as_bytes()).unwrap_or_else(|_| {
        let sentence = error.as_string().unwrap_or(json);
        ApiError::unavailable(text::app_did_not_answer(&sentence))
    })
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

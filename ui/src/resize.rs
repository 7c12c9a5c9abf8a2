//! Sizes of elements, told whenever they change and before they are painted.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// A size with padding and border, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// An observer that tells elements and their sizes to `told`. It observes nothing yet. `None` where there is none.
pub fn observer(told: impl Fn(Vec<(Element, Size)>) + 'static) -> Option<ResizeObserver> {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entries = entries
            .iter()
            .filter_map(|entry| entry.dyn_into::<ResizeObserverEntry>().ok());
        let sizes = entries.map(|entry| {
            let rect = entry.target().get_bounding_client_rect();
            let size = Size {
                width: rect.width(),
                height: rect.height(),
            };
            (entry.target(), size)
        });
        told(sizes.collect());
    });
    // The callback must outlive this call. Observers are few: two for each open conversation.
    ResizeObserver::new(callback.into_js_value().unchecked_ref()).ok()
}

/// Tells the size of one element for as long as the calling view lives.
pub fn observe_size<E>(node: NodeRef<E>, told: impl Fn(Size) + 'static)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let observer = observer(move |sizes| sizes.into_iter().for_each(|(_, size)| told(size)));
    let observer = StoredValue::new_local(observer);
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            observer.with_value(|observer| observer.iter().for_each(|observer| observer.observe(element.as_ref())));
        }
    });
    on_cleanup(move || {
        observer.try_with_value(|observer| observer.iter().for_each(ResizeObserver::disconnect));
    });
}

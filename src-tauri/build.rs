//! Tauri's build step. The working folder is the repository's root, where `tauri.conf.json` lies.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `generate_context!` embeds `ui/dist` but does not watch it: without this line a rebuilt UI stays stale.
    for path in ["src-tauri/capabilities", "src-tauri/permissions", "ui/dist"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let index = std::path::Path::new("ui/dist/index.html");
    if !index.exists() {
        std::fs::create_dir_all("ui/dist")?;
        std::fs::write(
            index,
            "<!doctype html><title>Twinbox</title>Build the UI first: cargo xtask ui",
        )?;
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*"));
    tauri_build::try_build(attributes)?;
    // First of all libraries: before `main`, the loader looks for its tens of thousands of symbols in one after the other.
    if std::env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        println!("cargo:rustc-link-lib=webkit2gtk-4.1");
        println!("cargo:rustc-link-lib=javascriptcoregtk-4.1");
    }
    Ok(())
}

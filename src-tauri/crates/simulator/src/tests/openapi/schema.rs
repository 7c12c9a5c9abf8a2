//! As much of JSON Schema as Meta's OpenAPI needs. Formats and patterns are not looked at.

use serde_json::Value;

/// A document and the schemas in it.
pub struct Document(pub Value);

impl Document {
    /// The schema of what `method path` answers with `status`; `None` if the document describes none.
    pub fn answer_schema(&self, method: &str, path: &str, status: u16) -> Option<&Value> {
        let operation = self.0["paths"].get(path)?.get(method)?;
        let response = self.resolved(operation["responses"].get(status.to_string())?);
        Some(&response["content"]["application/json"]["schema"]).filter(|schema| !schema.is_null())
    }

    /// What is wrong with `value`, each with its place.
    pub fn faults(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let schema = self.resolved(schema);
        let mut faults = Vec::new();
        if let Some(kinds) = schema.get("type").map(names)
            && !kinds.iter().any(|kind| is_a(value, kind))
            && !(value.is_null() && schema["nullable"] == true)
        {
            faults.push(format!("{place}: {value} is no {kinds:?}"));
        }
        if let Some(known) = schema["enum"].as_array()
            && !known.contains(value)
        {
            faults.push(format!("{place}: {value} is none of {}", schema["enum"]));
        }
        if let Some(expected) = schema.get("const")
            && expected != value
        {
            faults.push(format!("{place}: {value} is not {expected}"));
        }
        faults.extend(self.faults_of_parts(schema, value, place));
        faults.extend(self.faults_of_choices(schema, value, place));
        faults
    }

    fn faults_of_parts(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let properties = schema["properties"].as_object();
        if let Some(object) = value.as_object() {
            for name in schema["required"].as_array().into_iter().flatten() {
                if !object.contains_key(name.as_str().unwrap()) {
                    faults.push(format!("{place}: {name} is missing"));
                }
            }
            for (name, part) in object {
                match properties.and_then(|properties| properties.get(name)) {
                    Some(schema) => faults.extend(self.faults(schema, part, &format!("{place}.{name}"))),
                    None if schema["additionalProperties"] == false => {
                        faults.push(format!("{place}: {name} is not described"));
                    }
                    None => {}
                }
            }
        }
        if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
            for (number, item) in items.iter().enumerate() {
                faults.extend(self.faults(schema, item, &format!("{place}[{number}]")));
            }
        }
        faults
    }

    fn faults_of_choices(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            faults.extend(self.faults(part, value, place));
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[choice].as_array() {
                let of_each: Vec<_> = choices.iter().map(|one| self.faults(one, value, place)).collect();
                if of_each.iter().all(|faults| !faults.is_empty()) {
                    faults.extend(of_each.into_iter().min_by_key(Vec::len).unwrap_or_default());
                }
            }
        }
        faults
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }
}

fn names(kinds: &Value) -> Vec<&str> {
    match kinds {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

//! SARIF logs against the schema that OASIS publishes (`tests/schemas`).

use serde_json::Value;

/// Fails with every place at which a log is not as SARIF 2.1.0 has it.
pub fn holds(log: &Value) {
    let schema: Value =
        serde_json::from_str(include_str!("../schemas/sarif-schema-2.1.0.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<_> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_sarif_does_not_hold() {
    let wrong = [
        serde_json::json!({}),
        serde_json::json!({"version": "2.0.0", "runs": []}),
        serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "hetong"}}, "results": [{"level": "grave", "message": {"text": "x"}}]}]}),
    ];
    for log in wrong {
        assert!(std::panic::catch_unwind(|| holds(&log)).is_err(), "{log}");
    }
}

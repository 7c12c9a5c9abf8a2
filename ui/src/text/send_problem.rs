//! Why what was filled in cannot be sent.

use super::{said, say};
use twinbox_domain::SendProblem;

/// In a sentence.
pub fn send_problem(problem: &SendProblem) -> String {
    let variable = |name: &str| format!("{{{{{name}}}}}");
    match problem {
        SendProblem::TooLong { what, most } => say!("part-too-long", part = &said(what), most = *most),
        SendProblem::Missing(what) => say!("part-missing", part = &said(what)),
        SendProblem::Count { what, most } => say!("parts-count", parts = &said(what), most = *most),
        SendProblem::Twice(what) => say!("parts-twice", parts = &said(what)),
        SendProblem::Variable(name) => say!("variable-missing", name = &variable(name)),
        SendProblem::VariableSpace(name) => say!("variable-space", name = &variable(name)),
        other => said(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_said_as_the_engine_says_it() {
        let problems = [
            SendProblem::TooLong {
                what: "The text",
                most: 1024,
            },
            SendProblem::Missing("The text of a row"),
            SendProblem::Count {
                what: "Buttons",
                most: 3,
            },
            SendProblem::Twice("buttons"),
            SendProblem::Variable("1".to_owned()),
            SendProblem::VariableSpace("name".to_owned()),
            SendProblem::OffTheMap,
        ];
        for problem in problems {
            assert_eq!(
                send_problem(&problem).replace(',', ""),
                problem.to_string().replace(',', "")
            );
        }
    }
}

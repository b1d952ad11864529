//! Commands that name the context of kubectl's configuration that they act on.

use super::{Command, Step, quote};

/// The programs that act on a cluster, and the option by which each takes a context.
const OPTIONS: [(&str, &str); 2] = [("kubectl", "--context"), ("helm", "--kube-context")];

/// Steps whose commands name a context, if there is one to name.
pub(super) fn named(mut steps: Vec<Step>, context: Option<&str>) -> Vec<Step> {
    let Some(context) = context else {
        return steps;
    };
    for step in &mut steps {
        for (program, option) in OPTIONS {
            let with = format!("`{program} {option} {} ", quote(context));
            step.title = step.title.replace(&format!("`{program} "), &with);
        }
        let own = step.commands.iter_mut();
        let others = step.alternatives.iter_mut().flat_map(|(_, them)| them);
        let told = step.details.iter_mut();
        let told = told.filter_map(|detail| detail.command.as_mut());
        for command in own.chain(others).chain(told) {
            name(command, context);
        }
    }
    steps
}

/// Lets a command name a context.
pub(super) fn name(command: &mut Command, context: &str) {
    match command {
        Command::Run(run) => run.words = in_words(&run.words, context),
        Command::Shell(lines) => {
            for line in lines {
                *line = in_shell(line, context);
            }
        }
    }
}

/// A program's words: it may hand over to another behind `--`.
fn in_words(words: &[String], context: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut begins = true;
    for word in words {
        all.push(word.clone());
        let mut options = OPTIONS.iter();
        if let Some((_, option)) = options.find(|(program, _)| begins && word == program) {
            all.extend([(*option).to_owned(), context.to_owned()]);
        }
        begins = word == "--" && words.first().is_some_and(|first| first == "todoc");
    }
    all
}

/// Words of a shell, of which several may stand in one: `| kubectl apply`, `"$(kubectl get …)"`.
fn in_shell(words: &[String], context: &str) -> Vec<String> {
    // A program that is given other words than a shell has for itself.
    if words
        .first()
        .is_some_and(|first| first == "helm" || first == "todoc")
    {
        return in_words(words, &quote(context));
    }
    let (_, option) = OPTIONS[0];
    let with = format!("kubectl {option} {}", quote(context));
    let words = words.iter().map(|word| {
        if word == "kubectl" {
            return with.clone();
        }
        let begins = ["kubectl ", "| kubectl ", "\"$(kubectl "];
        match begins.iter().find(|begin| word.starts_with(**begin)) {
            Some(_) => word.replacen("kubectl", &with, 1),
            None => word.clone(),
        }
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::{in_shell, in_words};

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn every_program_of_a_command_names_the_context() {
        let named = |text: &str| in_words(&words(text), "a b").join(" ");
        assert_eq!(named("kubectl get pods"), "kubectl --context a b get pods");
        assert_eq!(named("helm upgrade x"), "helm --kube-context a b upgrade x");
        assert_eq!(
            named("todoc secrets pipe x -- helm upgrade"),
            "todoc secrets pipe x -- helm --kube-context a b upgrade"
        );
        let other = "docker exec -- kubectl x";
        assert_eq!(named(other), other);
    }

    #[test]
    fn a_shell_reads_the_context_as_one_word() {
        let line = [
            "kubectl create secret",
            "\"$(kubectl get",
            "| kubectl apply",
            "-n",
            "'kubectl '",
        ];
        let line = line.map(str::to_owned);
        assert_eq!(
            in_shell(&line, "a b"),
            [
                "kubectl --context 'a b' create secret",
                "\"$(kubectl --context 'a b' get",
                "| kubectl --context 'a b' apply",
                "-n",
                "'kubectl '"
            ]
        );
        assert_eq!(
            in_shell(&["kubectl".to_owned()], "c"),
            ["kubectl --context c"]
        );
        let named = |text: &str| in_shell(&words(text), "a b").join(" ");
        assert_eq!(
            named("helm upgrade x || false"),
            "helm --kube-context 'a b' upgrade x || false"
        );
        assert_eq!(
            named("todoc secrets pipe x -- helm upgrade"),
            "todoc secrets pipe x -- helm --kube-context 'a b' upgrade"
        );
    }
}

//! Takes out what never runs in a browser, though the compiler can't know it: Leptos keeps pointers to it with each view. It is a tenth of everything.
use walrus::{FunctionBuilder, FunctionKind, Module};

/// What the names of such functions end with, but for closures and the hash.
const NEVER_RUN: [&str; 3] = [
    // Hydrating that waits in the middle of the page: `hydrate` in `app` begins when there is nothing more to wait for.
    "13hydrate_async",
    // Hydrating what was copied from a template: Balie has none.
    "21hydrate_from_template",
    // What the server's list of routes is made with.
    "15generate_routes",
];

/// Leaves of them that they are never to be called, and says how many there were of each; what only they need then goes with everything else
/// that nobody calls.
pub fn prune(module: &mut Module) -> [usize; NEVER_RUN.len()] {
    let functions: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).collect();
    let mut pruned = [0; NEVER_RUN.len()];
    for id in functions {
        let Some(kind) = module.funcs.get(id).name.as_deref().and_then(never_runs) else { continue };
        let function = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (function.params().to_vec(), function.results().to_vec());
        let mut stub = FunctionBuilder::new(&mut module.types, &params, &results);
        stub.func_body().unreachable();
        let args = params.iter().map(|param| module.locals.add(*param)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(stub.local_func(args));
        pruned[kind] += 1;
    }
    pruned
}

/// Which of [`NEVER_RUN`] it is. Only these functions and their closures. What stands in them under a name of its own may be used elsewhere too: of functions that came out
/// the same, one name is left.
fn never_runs(name: &str) -> Option<usize> {
    let without_closures = name.replace("28_$u7b$$u7b$closure$u7d$$u7d$", "");
    let path = without_closures.rsplit_once("17h").map(|(path, _)| path);
    NEVER_RUN.iter().position(|end| path.is_some_and(|path| path.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::never_runs;

    #[test]
    fn functions_are_known_by_their_whole_path() {
        let view = "_ZN53_$LT$T$u20$as$u20$tachys..view..any_view..IntoAny$GT$8into_any";
        let closure = "28_$u7b$$u7b$closure$u7d$$u7d$";
        let hash = "17h22d8739c27afbf4cE";
        assert_eq!(never_runs(&format!("{view}13hydrate_async{hash}")), Some(0));
        assert_eq!(never_runs(&format!("{view}13hydrate_async{closure}{closure}{hash}")), Some(0));
        assert_eq!(never_runs(&format!("{view}21hydrate_from_template{hash}")), Some(1));
        assert_eq!(never_runs(&format!("{view}15generate_routes{hash}")), Some(2));
        assert_eq!(never_runs(&format!("{view}19hydrate_from_server{hash}")), None);
        assert_eq!(never_runs(&format!("{view}13hydrate_async{closure}4prep{hash}")), None);
        assert_eq!(never_runs("hydrate_async"), None);
    }
}

//! On the server a page is worked out twice: Leptos looks first what it waits for, and writes it then, and what stands within a frame that
//! waits is made anew. It would ask again, and if the answer has changed in between, the page would be another than the one whose answers it
//! brings along, on which the browser would stumble. So within one request a question is asked once.

use super::{
    BoxedFuture,
    resource::{Answer, Key},
};
use crate::fault::Fault;
use futures::{FutureExt, future::Shared};
use leptos::reactive::owner::{Owner, WeakOwner};
use std::{
    any::TypeId,
    future::poll_fn,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

/// What was asked for this request. A question is known by its function and its key; whatever else it depends on must be the same throughout a
/// request, as the token in the address of a page is.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Kept>);

#[derive(Default)]
struct Kept {
    /// What everything of the request stands in.
    request: Option<WeakOwner>,
    asked: Mutex<Vec<Asked>>,
}

struct Asked {
    question: TypeId,
    key: Key,
    answer: Shared<BoxedFuture<Answer>>,
}

impl Memory {
    /// To be called where a request begins.
    pub(crate) fn of_request() -> Self {
        Self(Arc::new(Kept { request: Owner::current().map(|owner| owner.downgrade()), asked: Mutex::default() }))
    }

    pub(super) fn answer(&self, question: TypeId, key: Key, ask: impl FnOnce(Key) -> BoxedFuture<Answer>) -> BoxedFuture<Answer> {
        let mut all = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = all.iter().find(|asked| asked.question == question && asked.key == key) {
            return asked.answer.clone().boxed();
        }
        let answer = self.in_request(ask(key.clone())).shared();
        all.push(Asked { question, key, answer: answer.clone() });
        answer.boxed()
    }

    /// The part of the page that asked first may be gone before the answer comes; what the answer says of the whole page (its status, where it
    /// leads) must reach the request all the same. The request is not held: it holds this.
    fn in_request(&self, mut asking: BoxedFuture<Answer>) -> BoxedFuture<Answer> {
        let Some(request) = self.0.request.clone() else { return asking };
        poll_fn(move |context| match request.upgrade() {
            Some(owner) => owner.with(|| asking.as_mut().poll(context)),
            // Nobody waits for it any more.
            None => Poll::Ready(Answer::Here(Arc::new(Err::<(), _>(Fault::Offline)))),
        })
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Of one function with one key there is one answer, whoever asks; another function or another key is another question.
    #[test]
    fn a_question_is_asked_once() {
        static TIMES: AtomicU32 = AtomicU32::new(0);
        let memory = Memory::default();
        let ask = |question: TypeId, key: u32| {
            let count = |_| Answer::of(async { Ok::<_, Fault>(TIMES.fetch_add(1, Ordering::Relaxed)) });
            block_on(memory.answer(question, Key::of(key), count)).get::<u32>()
        };
        let (one, other) = (TypeId::of::<u8>(), TypeId::of::<u16>());
        assert_eq!([ask(one, 1), ask(one, 1), ask(one, 2), ask(other, 1), ask(one, 1)], [Ok(0), Ok(0), Ok(1), Ok(2), Ok(0)]);
    }
}

//! Answers that the server sends along with the page.

use super::read;
use crate::fault::Fault;
use leptos::{prelude::Resource as LeptosResource, server::codee::string::FromToStringCodec};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    any::Any,
    convert::Infallible,
    fmt::{self, Display},
    future::{IntoFuture, ready},
    marker::PhantomData,
    pin::Pin,
    str::FromStr,
    sync::Arc,
};

/// Leptos' resource for any answer: whose it is shows when it is read.
pub(crate) type ErasedResource = LeptosResource<Answer, FromToStringCodec>;

pub(crate) type BoxedFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Leptos' resource, for a server function's answer.
pub(crate) struct Resource<T> {
    asked: ErasedResource,
    answer: PhantomData<fn() -> T>,
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resource<T> {}

impl<T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Resource<T> {
    pub(crate) fn new<K, Asked>(key: impl Fn() -> K + Send + Sync + 'static, ask: impl Fn(K) -> Asked + Send + Sync + 'static) -> Self
    where
        K: PartialEq + Clone + Send + Sync + 'static,
        Asked: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        let key = Box::new(move || Key(Arc::new(key())));
        let ask = Box::new(move |key: Key| match key.get() {
            Some(key) => Answer::of(ask(key)),
            // Never: it is the key that was made a line above.
            None => Answer::of(ready(Err::<T, _>(Fault::Malformed))),
        });
        Self { asked: resource(key, ask), answer: PhantomData }
    }
}

fn resource(key: Box<dyn Fn() -> Key + Send + Sync>, ask: Box<dyn Fn(Key) -> BoxedFuture<Answer> + Send + Sync>) -> ErasedResource {
    LeptosResource::new_str(key, ask)
}

impl<T> Resource<T> {
    /// The answer before it is known whose.
    pub(crate) const fn erased(self) -> ErasedResource {
        self.asked
    }
}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> IntoFuture for Resource<T> {
    type Output = Result<T, Fault>;
    type IntoFuture = BoxedFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let asked = self.asked.into_future();
        Box::pin(async move { asked.await.get() })
    }
}

/// What a server function answered: itself, or as it was sent along with the page.
#[derive(Clone)]
pub(crate) enum Answer {
    Here(Arc<dyn Held>),
    Sent(Arc<str>),
}

pub(crate) trait Held: Any + Send + Sync {
    #[cfg(feature = "ssr")]
    fn json(&self) -> String;
}

impl<T: Serialize + Any + Send + Sync> Held for T {
    #[cfg(feature = "ssr")]
    fn json(&self) -> String {
        // Only a map with odd keys fails, and no answer has one.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Answer {
    pub(crate) fn of<T>(answer: impl Future<Output = Result<T, Fault>> + Send + 'static) -> BoxedFuture<Self>
    where
        T: Serialize + Send + Sync + 'static,
    {
        Box::pin(async move { Self::Here(Arc::new(answer.await)) })
    }

    pub(crate) fn get<T: DeserializeOwned + Clone + 'static>(&self) -> Result<T, Fault> {
        match self {
            Self::Here(held) => {
                let held: &dyn Any = &**held;
                held.downcast_ref::<Result<T, Fault>>().cloned().unwrap_or(Err(Fault::Malformed))
            }
            Self::Sent(json) => read::<Result<T, Fault>>(json).and_then(|answer| answer),
        }
    }
}

impl FromStr for Answer {
    type Err = Infallible;

    fn from_str(json: &str) -> Result<Self, Infallible> {
        Ok(Self::Sent(json.into()))
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "ssr")]
            Self::Here(held) => f.write_str(&held.json()),
            // Browsers send nothing along.
            #[cfg(not(feature = "ssr"))]
            Self::Here(_) => Ok(()),
            Self::Sent(json) => f.write_str(json),
        }
    }
}

/// What a question depends on: whatever can be compared.
#[derive(Clone)]
struct Key(Arc<dyn Compared>);

trait Compared: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<K: PartialEq + Any + Send + Sync> Compared for K {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<K>().is_some_and(|other| self == other)
    }
}

impl Key {
    /// As the type that went in.
    fn get<K: Clone + 'static>(&self) -> Option<K> {
        let key: &dyn Any = &*self.0;
        key.downcast_ref::<K>().cloned()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

//! S1: what a browser gets tells nobody who has an account or which companies there are.

use crate::support::{ANNA, Serving, on_both};

on_both! {
    async fn the_answer_is_the_same_for_everybody(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let mut answers = Vec::new();
        // Somebody with an account, somebody invited, a new colleague, a company without self-registration, nobody's domain.
        for address in [ANNA, "daan@vandijk.example", "new@vandijk.example", "new@noordzee.example", "new@elsewhere.example"] {
            let form = format!("name=Nora+Blom&email={}", address.replace('@', "%40"));
            let answer = serving.post_text("/api/apply", form).send().await.unwrap();
            let status = answer.status();
            let mut headers: Vec<_> = answer
                .headers()
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "date" | "content-security-policy"))
                .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
                .collect();
            headers.sort();
            answers.push((status, headers, answer.text().await.unwrap()));
        }
        assert!(answers[0].1.iter().any(|header| header == "location: /register/apply?notice=sent"), "{:?}", answers[0]);
        for answer in &answers {
            assert_eq!(*answer, answers[0]);
        }
    }
}

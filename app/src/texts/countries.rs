//! The names of the countries (Unicode CLDR), in the order of `shared::fields::Country::all`.

use shared::fields::{Country, Language, folded};

const ENGLISH: &str = "\
Andorra|United Arab Emirates|Afghanistan|Antigua & Barbuda|Anguilla|Albania|Armenia|Angola|Antarctica|Argentina|American Samoa|Austria|Australia|Aruba|Åland Islands|Azerbaijan|Bosnia & Herzegovina|Barbados|Bangladesh|Belgium|Burkina Faso|Bulgaria|Bahrain|Burundi|Benin|St. Barthélemy|Bermuda|Brunei|Bolivia|Caribbean Netherlands|Brazil|Bahamas|Bhutan|Bouvet Island|Botswana|Belarus|Belize|Canada|Cocos (Keeling) Islands|Congo - Kinshasa|Central African Republic|Congo - Brazzaville|Switzerland|Côte d’Ivoire|Cook Islands|Chile|Cameroon|China|Colombia|Costa Rica|Cuba|Cape Verde|Curaçao|Christmas Island|Cyprus|Czechia|Germany|Djibouti|Denmark|Dominica|Dominican Republic|Algeria|Ecuador|Estonia|Egypt|Western Sahara|Eritrea|Spain|Ethiopia|Finland|Fiji|Falkland Islands|Micronesia|Faroe Islands|France|Gabon|United Kingdom|Grenada|Georgia|French Guiana|Guernsey|Ghana|Gibraltar|Greenland|Gambia|Guinea|Guadeloupe|Equatorial Guinea|Greece|South Georgia & South Sandwich Islands|Guatemala|Guam|Guinea-Bissau|Guyana|Hong Kong SAR China|Heard & McDonald Islands|Honduras|Croatia|Haiti|Hungary|Indonesia|Ireland|Israel|Isle of Man|India|British Indian Ocean Territory|Iraq|Iran|Iceland|Italy|Jersey|Jamaica|Jordan|Japan|Kenya|Kyrgyzstan|Cambodia|Kiribati|Comoros|St. Kitts & Nevis|North Korea|South Korea|Kuwait|Cayman Islands|Kazakhstan|Laos|Lebanon|St. Lucia|Liechtenstein|Sri Lanka|Liberia|Lesotho|Lithuania|Luxembourg|Latvia|Libya|Morocco|Monaco|Moldova|Montenegro|St. Martin|Madagascar|Marshall Islands|North Macedonia|Mali|Myanmar (Burma)|Mongolia|Macao SAR China|Northern Mariana Islands|Martinique|Mauritania|Montserrat|Malta|Mauritius|Maldives|Malawi|Mexico|Malaysia|Mozambique|Namibia|New Caledonia|Niger|Norfolk Island|Nigeria|Nicaragua|Netherlands|Norway|Nepal|Nauru|Niue|New Zealand|Oman|Panama|Peru|French Polynesia|Papua New Guinea|Philippines|Pakistan|Poland|St. Pierre & Miquelon|Pitcairn Islands|Puerto Rico|Palestinian Territories|Portugal|Palau|Paraguay|Qatar|Réunion|Romania|Serbia|Russia|Rwanda|Saudi Arabia|Solomon Islands|Seychelles|Sudan|Sweden|Singapore|St. Helena|Slovenia|Svalbard & Jan Mayen|Slovakia|Sierra Leone|San Marino|Senegal|Somalia|Suriname|South Sudan|São Tomé & Príncipe|El Salvador|Sint Maarten|Syria|Eswatini|Turks & Caicos Islands|Chad|French Southern Territories|Togo|Thailand|Tajikistan|Tokelau|Timor-Leste|Turkmenistan|Tunisia|Tonga|Türkiye|Trinidad & Tobago|Tuvalu|Taiwan|Tanzania|Ukraine|Uganda|U.S. Outlying Islands|United States|Uruguay|Uzbekistan|Vatican City|St. Vincent & Grenadines|Venezuela|British Virgin Islands|U.S. Virgin Islands|Vietnam|Vanuatu|Wallis & Futuna|Samoa|Yemen|Mayotte|South Africa|Zambia|Zimbabwe";
const DUTCH: &str = "\
Andorra|Verenigde Arabische Emiraten|Afghanistan|Antigua en Barbuda|Anguilla|Albanië|Armenië|Angola|Antarctica|Argentinië|Amerikaans-Samoa|Oostenrijk|Australië|Aruba|Åland|Azerbeidzjan|Bosnië en Herzegovina|Barbados|Bangladesh|België|Burkina Faso|Bulgarije|Bahrein|Burundi|Benin|Saint-Barthélemy|Bermuda|Brunei|Bolivia|Caribisch Nederland|Brazilië|Bahama’s|Bhutan|Bouveteiland|Botswana|Belarus|Belize|Canada|Cocoseilanden|Congo-Kinshasa|Centraal-Afrikaanse Republiek|Congo-Brazzaville|Zwitserland|Ivoorkust|Cookeilanden|Chili|Kameroen|China|Colombia|Costa Rica|Cuba|Kaapverdië|Curaçao|Christmaseiland|Cyprus|Tsjechië|Duitsland|Djibouti|Denemarken|Dominica|Dominicaanse Republiek|Algerije|Ecuador|Estland|Egypte|Westelijke Sahara|Eritrea|Spanje|Ethiopië|Finland|Fiji|Falklandeilanden|Micronesia|Faeröer|Frankrijk|Gabon|Verenigd Koninkrijk|Grenada|Georgië|Frans-Guyana|Guernsey|Ghana|Gibraltar|Groenland|Gambia|Guinee|Guadeloupe|Equatoriaal-Guinea|Griekenland|Zuid-Georgia en Zuidelijke Sandwicheilanden|Guatemala|Guam|Guinee-Bissau|Guyana|Hongkong SAR van China|Heard en McDonaldeilanden|Honduras|Kroatië|Haïti|Hongarije|Indonesië|Ierland|Israël|Isle of Man|India|Brits Indische Oceaanterritorium|Irak|Iran|IJsland|Italië|Jersey|Jamaica|Jordanië|Japan|Kenia|Kirgizië|Cambodja|Kiribati|Comoren|Saint Kitts en Nevis|Noord-Korea|Zuid-Korea|Koeweit|Kaaimaneilanden|Kazachstan|Laos|Libanon|Saint Lucia|Liechtenstein|Sri Lanka|Liberia|Lesotho|Litouwen|Luxemburg|Letland|Libië|Marokko|Monaco|Moldavië|Montenegro|Saint-Martin|Madagaskar|Marshalleilanden|Noord-Macedonië|Mali|Myanmar (Birma)|Mongolië|Macau SAR van China|Noordelijke Marianen|Martinique|Mauritanië|Montserrat|Malta|Mauritius|Maldiven|Malawi|Mexico|Maleisië|Mozambique|Namibië|Nieuw-Caledonië|Niger|Norfolk|Nigeria|Nicaragua|Nederland|Noorwegen|Nepal|Nauru|Niue|Nieuw-Zeeland|Oman|Panama|Peru|Frans-Polynesië|Papoea-Nieuw-Guinea|Filipijnen|Pakistan|Polen|Saint-Pierre en Miquelon|Pitcairneilanden|Puerto Rico|Palestijnse gebieden|Portugal|Palau|Paraguay|Qatar|Réunion|Roemenië|Servië|Rusland|Rwanda|Saoedi-Arabië|Salomonseilanden|Seychellen|Soedan|Zweden|Singapore|Sint-Helena|Slovenië|Spitsbergen en Jan Mayen|Slowakije|Sierra Leone|San Marino|Senegal|Somalië|Suriname|Zuid-Soedan|Sao Tomé en Principe|El Salvador|Sint-Maarten|Syrië|Eswatini|Turks- en Caicoseilanden|Tsjaad|Franse Gebieden in de zuidelijke Indische Oceaan|Togo|Thailand|Tadzjikistan|Tokelau|Oost-Timor|Turkmenistan|Tunesië|Tonga|Turkije|Trinidad en Tobago|Tuvalu|Taiwan|Tanzania|Oekraïne|Oeganda|Kleine afgelegen eilanden van de Verenigde Staten|Verenigde Staten|Uruguay|Oezbekistan|Vaticaanstad|Saint Vincent en de Grenadines|Venezuela|Britse Maagdeneilanden|Amerikaanse Maagdeneilanden|Vietnam|Vanuatu|Wallis en Futuna|Samoa|Jemen|Mayotte|Zuid-Afrika|Zambia|Zimbabwe";

/// A country by its name.
#[must_use]
pub fn name(l: Language, country: Country) -> &'static str {
    names(l).zip(Country::all()).find(|(_, other)| *other == country).map_or("", |(name, _)| name)
}

/// Every country with its code, by name.
#[must_use]
pub fn choices(l: Language) -> Vec<(String, String)> {
    let mut choices: Vec<_> = Country::all().zip(names(l)).map(|(country, name)| (country.code().to_owned(), name.to_owned())).collect();
    choices.sort_by_cached_key(|(_, name)| folded(name));
    choices
}

fn names(l: Language) -> impl Iterator<Item = &'static str> {
    match l {
        Language::English => ENGLISH.split('|'),
        Language::Dutch => DUTCH.split('|'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_its_name_in_both_languages() {
        for l in Language::ALL {
            assert_eq!(names(l).count(), Country::all().count());
            assert_eq!(choices(l).len(), Country::all().count());
        }
        assert_eq!(name(Language::Dutch, Country::NETHERLANDS), "Nederland");
        assert_eq!(name(Language::English, Country::NETHERLANDS), "Netherlands");
    }
}

-- S4: whoever has an address in a domain, found without reading every account. What stands behind the last @ of a username, written so that
-- both databases understand it; `companies::domains` asks with the same words.
CREATE INDEX account_by_domain ON account (substr(username, length(rtrim(username, replace(username, '@', ''))) + 1));

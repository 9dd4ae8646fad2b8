-- Of a session's token only its SHA-256 lies here (docs/accounts.md): who is signed in stays so.
update account_session set token = encode(sha256(convert_to(token, 'UTF8')), 'hex');

using System.Diagnostics;
using System.Text.Json;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Security;
using Microsoft.Extensions.Logging;

namespace MarketBot.Tests.Unit.Security;

/// <summary>The vectors were made by a real Django, see <c>make_vectors.py</c>.</summary>
public sealed class DjangoPasswordsTests : IDisposable
{
    private const string LetMeIn = "pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=";
    private const string HashOf64Bytes = "CP9s4fBn7nG7xZTxAWW5i3Vb0y0tnzNCFDUAeXa4DHZ4TYBL4c3g0UpsmB1C7ZSLUuQgpQxN3+Kd8bRoeq7IrQ==";

    private static readonly Vector[] Vectors =
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Security", "vectors.json")), JsonSerializerOptions.Web)!;

    private readonly Log _log = new();
    private readonly DjangoPasswords _passwords;

    public DjangoPasswordsTests() => _passwords = new DjangoPasswords(_log);

    public static TheoryData<int, string> Rows => [.. Vectors.Select((v, i) => (i, $"{v.Hasher}, {v.What}, a password of {v.Password.Length}"))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _passwords.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_hash_made_by_Django_fits_its_password_and_no_other(int row, string what)
    {
        var vector = Vectors[row];

        var right = await Check(vector.Encoded, vector.Password);

        Assert.Equal(vector.IsOutdated ? AccountRefusals.PasswordOutdated : null, right);
        Assert.NotEmpty(vector.Wrong);
        foreach (var wrong in vector.Wrong)
            Assert.True(await Check(vector.Encoded, wrong) == AccountRefusals.LoginFailed, $"{what}: {wrong}");
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Every_format_has_vectors()
    {
        var made = Vectors.Select(v => PasswordFormat.Of(v.Encoded)!.Name).Distinct();

        Assert.Equal(PasswordFormat.All.Select(f => f.Name).Order(), made.Order());
    }

    [Theory]
    [InlineData("BCrypt")]
    [InlineData("Crypt")]
    public async Task A_password_is_not_right_because_it_is_right_up_to_a_NUL(string hasher)
    {
        var vector = Vectors.First(v => v.Hasher == hasher && v.Password.Length < 8);

        Assert.Equal(AccountRefusals.LoginFailed, await Check(vector.Encoded, vector.Password + "\0"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("!aBcD")]
    [InlineData("!pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("$$$")]
    [InlineData("plain")]
    [InlineData("letmein")]
    [InlineData("PBKDF2_SHA256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha512$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$1000$seasalt")]
    [InlineData("pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=$")]
    [InlineData("pbkdf2_sha256$1000$$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$0$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$-1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$+1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$1e3$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$10000001$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$99999999999999999999$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$1000$seasalt$")]
    [InlineData("pbkdf2_sha256$1000$seasalt$not base64!")]
    [InlineData("pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cM")]
    [InlineData("pbkdf2_sha256$1000$seasalt$FR1Hz/2XTwvhcvkmbwDDrzMsEnQ=")]
    [InlineData("pbkdf2_sha1$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("scrypt$16384$seasalt$8$1")]
    [InlineData("scrypt$16384$$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16384$seasalt$8$1$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("scrypt$1$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16383$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$0$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16384$seasalt$0$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16384$seasalt$8$0$" + HashOf64Bytes)]
    [InlineData("scrypt$2097152$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$65536$seasalt$1$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16384$seasalt$1024$1$" + HashOf64Bytes)]
    [InlineData("scrypt$16384$seasalt$8$65$" + HashOf64Bytes)]
    [InlineData("scrypt$2$seasalt$8388608$1$" + HashOf64Bytes)]
    [InlineData("scrypt$1073741824$seasalt$1073741824$1073741824$" + HashOf64Bytes)]
    [InlineData("scrypt$99999999999999999999$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("bcrypt")]
    [InlineData("bcrypt$$2b$12$0123456789012345678901")]
    [InlineData("bcrypt_sha256$$2b$12$0123456789012345678901")]
    [InlineData("bcrypt$2b$04$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2x$04$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2b$03$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2b$17$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2b$31$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2b$99$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("bcrypt$$2b$04$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq\n")]
    [InlineData("bcrypt$$6$rounds=999999999$saltsalt$hash")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFza")]
    [InlineData("argon2$argon2ix$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=18$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=1048577,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=41,p=8$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=8,t=4294967295,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=0,p=8$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=65$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=8,t=2,p=2$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=7,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("md5$salt$5f4dcc3b5aa765d61d8327deb882cf9")]
    [InlineData("md5$salt")]
    [InlineData("sha1$salt$5baa61e4c9b93f3f0682250b6cf8331b7ee68fd")]
    [InlineData("crypt$$*0")]
    [InlineData("crypt$$$6$rounds=999999999$saltsalt$hash")]
    public async Task What_is_no_hash_that_we_know_or_costs_too_much_fits_no_password_and_costs_what_the_others_cost(string encoded)
    {
        var started = Stopwatch.GetTimestamp();

        var no = await Check(encoded, "letmein");

        Assert.Equal(AccountRefusals.LoginFailed, no);
        Assert.Null(PasswordFormat.Of(encoded)?.Read(encoded));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("pbkdf2_sha256$10000000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("scrypt$1048576$seasalt$8$1$" + HashOf64Bytes)]
    [InlineData("scrypt$131072$seasalt$8$8$" + HashOf64Bytes)]
    [InlineData("bcrypt$$2b$16$AAAAAAAAAAAAAAAAAAAAAO0PtJLQOm0sBaAyBPEyBBkfJnhbBtbLq")]
    [InlineData("argon2$argon2id$v=19$m=1048576,t=4,p=8$c2FsdHNhbHQ$aGFzaGhhc2g")]
    [InlineData("argon2$argon2id$v=19$m=2097,t=2000,p=64$c2FsdHNhbHQ$aGFzaGhhc2g")]
    public void The_dearest_hashes_within_the_bounds_are_read(string encoded) => Assert.NotNull(PasswordFormat.Of(encoded)!.Read(encoded));

    [Theory]
    [InlineData("pbkdf2_sha256$1000$seasalt$")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$")]
    [InlineData("scrypt$16384$seasalt$8$1$")]
    [InlineData("bcrypt$$2b$12$")]
    [InlineData("md5$salt$")]
    public async Task A_planted_hash_of_huge_length_is_refused(string beginning) =>
        Assert.Equal(AccountRefusals.LoginFailed, await Check(beginning + new string('A', 1_000_000), "letmein"));

    [Fact]
    public async Task A_password_of_more_than_4096_bytes_is_refused_before_anything_is_hashed()
    {
        var started = Stopwatch.GetTimestamp();

        var no = await _passwords.Check(
            "pbkdf2_sha256$10000000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=", [LetMeIn], new Secret(new string('я', 2049)), Ct);

        Assert.Equal(AccountRefusals.LoginFailed, no);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task A_password_of_4096_bytes_is_checked()
    {
        var password = new string('я', 2048);
        var encoded = _passwords.Hash(new Secret(password));

        Assert.Null(await Check(encoded, password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("!unusable")]
    [InlineData("md5$salt$1b33c4bd4fa4b2fd7a3b4a2e0f8d6e3c")]
    public async Task Without_a_hash_worth_its_time_the_hash_of_another_is_checked_and_fits_nobody(string? encoded)
    {
        var dear = _passwords.Hash(new Secret("letmein"));

        var cheap = await Quickest(() => _passwords.Check(encoded, ["gibberish", "md5$$" + new string('0', 32), LetMeIn], new Secret("letmein"), Ct));
        var costly = await Took(() => _passwords.Check(encoded, [dear], new Secret("letmein"), Ct));
        var usual = await Took(() => _passwords.Check(encoded, [], new Secret("letmein"), Ct));

        Assert.All([cheap.No, costly.No, usual.No], no => Assert.Equal(AccountRefusals.LoginFailed, no));
        Assert.True(costly.Time > cheap.Time * 5 && usual.Time > cheap.Time * 5, $"{cheap.Time} {costly.Time} {usual.Time}");
    }

    [Fact]
    public async Task An_outdated_hash_costs_what_the_others_cost_whether_the_password_is_right_or_wrong()
    {
        var encoded = Vectors.First(v => v is { Hasher: "MD5", Password: "letmein" }).Encoded;
        var dear = _passwords.Hash(new Secret("other"));

        var right = await Took(() => _passwords.Check(encoded, [dear], new Secret("letmein"), Ct));
        var wrong = await Took(() => _passwords.Check(encoded, [dear], new Secret("wrong"), Ct));
        var cheap = await Quickest(() => _passwords.Check(encoded, [LetMeIn], new Secret("letmein"), Ct));

        Assert.Equal((AccountRefusals.PasswordOutdated, AccountRefusals.LoginFailed), (right.No, wrong.No));
        Assert.True(right.Time > cheap.Time * 5 && wrong.Time > cheap.Time * 5, $"{right.Time} {wrong.Time} {cheap.Time}");
    }

    [Fact]
    public async Task Where_a_library_is_missing_it_is_named_once_and_everybody_gets_the_same_answer()
    {
        using var poor = new DjangoPasswords(_log, code => code != NativeCode.Crypt);
        var crypt = Vectors.First(v => v is { Hasher: "Crypt", Password: "letmein" });

        var chief = await poor.Check(crypt.Encoded, [crypt.Encoded, LetMeIn], new Secret("letmein"), Ct);
        var nobody = await poor.Check(null, [LetMeIn, crypt.Encoded], new Secret("letmein"), Ct);
        var mistyped = await poor.Check(LetMeIn, [LetMeIn, crypt.Encoded], new Secret("wrong"), Ct);
        var other = await poor.Check(LetMeIn, [LetMeIn, crypt.Encoded], new Secret("letmein"), Ct);
        var seller = await poor.Check(crypt.Encoded, [LetMeIn], new Secret("letmein"), Ct);

        Assert.All([chief, nobody, mistyped], no => Assert.Equal(AccountRefusals.PasswordUncheckable, no));
        Assert.Null(other);
        Assert.Equal(AccountRefusals.LoginFailed, seller);
        Assert.Equal(
            ["Error Some passwords cannot be checked: the library libcrypt.so.1 is missing. Install the Debian package libcrypt1 and start MarketBot again"],
            _log.Lines);
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_turn_is_let_go()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _passwords.Check(LetMeIn, [], new Secret("letmein"), gone.Token));

        Assert.Null(await Check(LetMeIn, "letmein"));
    }

    [Fact]
    public async Task A_new_hash_is_of_the_format_that_Django_makes_today()
    {
        var encoded = _passwords.Hash(new Secret("letmein"));

        Assert.Matches("^pbkdf2_sha256\\$1000000\\$[A-Za-z0-9]{22}\\$[A-Za-z0-9+/]{43}=$", encoded);
        Assert.True(encoded.Length <= 128);
        Assert.Null(await Check(encoded, "letmein"));
    }

    [Fact]
    public void Fingerprints_tell_hashes_apart_without_showing_them()
    {
        var one = _passwords.Fingerprint(LetMeIn);

        Assert.Equal(one, _passwords.Fingerprint(LetMeIn));
        Assert.NotEqual(one, _passwords.Fingerprint(LetMeIn.Replace('R', 'r')));
        Assert.DoesNotContain("seasalt", one, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_accounts_are_hashed_under_the_bots_own_key()
    {
        var names = new AccountNameHash("1:token");

        Assert.Equal(names.Of("admin"), new AccountNameHash("1:token").Of("admin"));
        Assert.NotEqual(names.Of("admin"), names.Of("Admin"));
        Assert.NotEqual(names.Of("admin"), new AccountNameHash("2:token").Of("admin"));
        Assert.DoesNotContain("admin", names.Of("admin"), StringComparison.OrdinalIgnoreCase);
    }

    private Task<Refusal?> Check(string encoded, string password) => _passwords.Check(encoded, [LetMeIn], new Secret(password), Ct);

    private static async Task<(Refusal? No, TimeSpan Time)> Took(Func<Task<Refusal?>> check)
    {
        var started = Stopwatch.GetTimestamp();
        return (await check(), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Of five, so that what kept one of them waiting is not taken for what it costs.</summary>
    private static async Task<(Refusal? No, TimeSpan Time)> Quickest(Func<Task<Refusal?>> check)
    {
        var all = new List<(Refusal? No, TimeSpan Time)>();
        for (var i = 0; i < 5; i++)
            all.Add(await Took(check));
        return all.MinBy(one => one.Time);
    }

    private sealed record Vector(string Hasher, string What, string Password, string Encoded, string[] Wrong, bool IsOutdated);

    private sealed class Log : ILogger<DjangoPasswords>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)}");
    }
}

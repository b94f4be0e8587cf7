using System.Diagnostics;
using MarketBot.Application.Common;
using MarketBot.Infrastructure.Security;

namespace MarketBot.Tests.Unit.Security;

/// <summary>The vectors were made with Python's <c>hashlib.pbkdf2_hmac</c>, which Django uses.</summary>
public sealed class DjangoPasswordsTests : IDisposable
{
    private const string LetMeIn = "pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=";
    private readonly DjangoPasswords _passwords = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _passwords.Dispose();

    [Theory]
    [InlineData(LetMeIn, "letmein")]
    [InlineData("pbkdf2_sha256$1$s$hlaZvx+fQUB7nsOXctgpvyJ4ixMmVOdSfNbS+6nH3wk=", "")]
    [InlineData("pbkdf2_sha256$600$соль🧂$hCPy1aAFSCZEso9z4r9Hu/+Q6VLNDkt+JClqlslcokc=", "пароль 🔑")]
    [InlineData("pbkdf2_sha1$1000$seasalt$FR1Hz/2XTwvhcvkmbwDDrzMsEnQ=", "letmein")]
    [InlineData("pbkdf2_sha1$600$соль$GL7ho6LnzpsWIcYMDKTOafyJbLM=", "пароль")]
    [InlineData("pbkdf2_sha256$260000$seasalt2$UCGMhrOoaq1ghQPArIBK5RkI6IZLRxlIwHWA1dMy7y8=", "lètmein")]
    public async Task The_right_password_fits_and_another_does_not(string encoded, string password)
    {
        Assert.True(await _passwords.Verify(encoded, new Secret(password), Ct));
        Assert.False(await _passwords.Verify(encoded, new Secret(password + " "), Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("!aBcD")]
    [InlineData("$$$")]
    [InlineData("plain")]
    [InlineData("md5$salt$5f4dcc3b5aa765d61d8327deb882cf99")]
    [InlineData("sha1$salt$5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA")]
    [InlineData("bcrypt_sha256$$2b$12$0123456789012345678901")]
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
    [InlineData("pbkdf2_sha256$1000000000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$99999999999999999999$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    [InlineData("pbkdf2_sha256$1000$seasalt$")]
    [InlineData("pbkdf2_sha256$1000$seasalt$not base64!")]
    [InlineData("pbkdf2_sha256$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cM")]
    [InlineData("pbkdf2_sha256$1000$seasalt$FR1Hz/2XTwvhcvkmbwDDrzMsEnQ=")]
    [InlineData("pbkdf2_sha1$1000$seasalt$R1/GfWtwog1T8Ev9VndgDjzkiRzbFr8JpmJtL9cMmQU=")]
    public async Task What_is_no_hash_that_we_know_fits_no_password_and_costs_no_time(string encoded)
    {
        var started = Stopwatch.GetTimestamp();

        var fits = await _passwords.Verify(encoded, new Secret("letmein"), Ct);

        Assert.False(fits);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_planted_hash_of_huge_length_is_refused()
    {
        var encoded = "pbkdf2_sha256$1000$seasalt$" + new string('A', 1_000_000);

        Assert.False(await _passwords.Verify(encoded, new Secret("letmein"), Ct));
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_turn_is_let_go()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _passwords.Verify(LetMeIn, new Secret("letmein"), gone.Token));

        Assert.True(await _passwords.Verify(LetMeIn, new Secret("letmein"), Ct));
    }

    [Fact]
    public async Task A_new_hash_is_of_the_format_that_Django_makes_today()
    {
        var encoded = _passwords.Hash(new Secret("letmein"));

        Assert.Matches("^pbkdf2_sha256\\$1000000\\$[A-Za-z0-9]{22}\\$[A-Za-z0-9+/]{43}=$", encoded);
        Assert.True(encoded.Length <= 128);
        Assert.True(await _passwords.Verify(encoded, new Secret("letmein"), Ct));
    }

    [Theory]
    [InlineData(LetMeIn, "pbkdf2_sha256", "1000", 44)]
    [InlineData("pbkdf2_sha1$600$соль$GL7ho6LnzpsWIcYMDKTOafyJbLM=", "pbkdf2_sha1", "600", 28)]
    [InlineData(null, "pbkdf2_sha256", "1000000", 44)]
    [InlineData("!unusable", "pbkdf2_sha256", "1000000", 44)]
    [InlineData("md5$salt$5f4dcc3b5aa765d61d8327deb882cf99", "pbkdf2_sha256", "1000000", 44)]
    public void A_decoy_costs_as_much_as_its_model(string? like, string algorithm, string iterations, int length)
    {
        var decoy = _passwords.Decoy(like).Split('$');

        Assert.Equal((algorithm, iterations, 22, length), (decoy[0], decoy[1], decoy[2].Length, decoy[3].Length));
    }

    [Fact]
    public async Task A_decoy_fits_no_password_and_is_never_the_same()
    {
        Assert.NotEqual(_passwords.Decoy(LetMeIn), _passwords.Decoy(LetMeIn));
        Assert.False(await _passwords.Verify(_passwords.Decoy(LetMeIn), new Secret("letmein"), Ct));
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
}

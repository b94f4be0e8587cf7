using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;

namespace MarketBot.Infrastructure.Security;

/// <summary>
/// Django's PBKDF2 formats, <c>algorithm$iterations$salt$base64</c> (django/contrib/auth/hashers.py). Hashing takes turns
/// on threads of its own, so that a hundred logins never slow down anybody's buttons.
/// </summary>
internal sealed class DjangoPasswords : IPasswords, IDisposable
{
    /// <summary>Django 5.2's <c>PBKDF2PasswordHasher.iterations</c>.</summary>
    private const int Iterations = 1_000_000;

    /// <summary>A planted row must not be able to hang us.</summary>
    private const int MostIterations = 10_000_000;

    private const int SaltLength = 22;
    private const string SaltLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<bool> Verify(string encoded, Secret password, CancellationToken ct)
    {
        if (Parsed.From(encoded) is not { } hash)
            return false;

        await _turn.WaitAsync(ct);
        try
        {
            return await Task.Factory.StartNew(() => hash.Matches(password), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public bool CanVerify(string encoded) => Parsed.From(encoded) is not null;

    public string Hash(Secret password)
    {
        var salt = RandomNumberGenerator.GetString(SaltLetters, SaltLength);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Reveal()), Encoding.UTF8.GetBytes(salt), Iterations, HashAlgorithmName.SHA256, 32);
        return $"pbkdf2_sha256${Iterations.ToString(CultureInfo.InvariantCulture)}${salt}${Convert.ToBase64String(hash)}";
    }

    public string Decoy(string? like)
    {
        var model = Parsed.From(like) ?? new Parsed("pbkdf2_sha256", HashAlgorithmName.SHA256, Iterations, "", new byte[32]);
        var nothing = RandomNumberGenerator.GetBytes(model.Hash.Length);
        return $"{model.Name}${model.Iterations.ToString(CultureInfo.InvariantCulture)}${RandomNumberGenerator.GetString(SaltLetters, SaltLength)}${Convert.ToBase64String(nothing)}";
    }

    public string Fingerprint(string encoded) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(encoded)));

    public void Dispose() => _turn.Dispose();

    private sealed record Parsed(string Name, HashAlgorithmName Algorithm, int Iterations, string Salt, byte[] Hash)
    {
        public static Parsed? From(string? encoded)
        {
            if (encoded?.Split('$') is not [var name, var iterations, { Length: > 0 } salt, var base64])
                return null;

            (HashAlgorithmName Algorithm, int Length)? format = name switch
            {
                "pbkdf2_sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
                "pbkdf2_sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
                _ => null,
            };
            var hash = new byte[64];
            if (format is not { } known
                || !int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count is < 1 or > MostIterations
                || !Convert.TryFromBase64String(base64, hash, out var length)
                || length != known.Length)
                return null;

            return new Parsed(name, known.Algorithm, count, salt, hash[..length]);
        }

        public bool Matches(Secret password) => CryptographicOperations.FixedTimeEquals(
            Hash, Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Reveal()), Encoding.UTF8.GetBytes(Salt), Iterations, Algorithm, Hash.Length));
    }
}

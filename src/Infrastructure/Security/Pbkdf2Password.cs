using System.Security.Cryptography;

namespace MarketBot.Infrastructure.Security;

/// <summary><c>pbkdf2_sha256$iterations$salt$base64</c>, and the same with SHA-1.</summary>
internal sealed class Pbkdf2Password(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] hash) : IStoredPassword
{
    /// <summary>A planted row must not be able to hang us: this many take about 4 s.</summary>
    private const int MostIterations = 10_000_000;

    public static IStoredPassword? Read(string encoded)
    {
        if (encoded.Split('$') is not [var name, var iterations, { Length: > 0 } salt, var base64])
            return null;

        var (algorithm, length) = name == "pbkdf2_sha1" ? (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes) : (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return HashPart.IsCount(iterations, MostIterations, out var count) && HashPart.IsBase64(base64, length, length, out var hash)
            ? new Pbkdf2Password(algorithm, count, HashPart.Utf8(salt), hash)
            : null;
    }

    public int Iterations => iterations;

    /// <summary>Costs what checking this one costs more than another, as Django's own hashers do (<c>BasePasswordHasher.harden_runtime</c>).</summary>
    public void SpendBeyond(Pbkdf2Password other, byte[] password)
    {
        if (iterations > other.Iterations)
            _ = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations - other.Iterations, algorithm, hash.Length);
    }

    public bool Fits(byte[] password) =>
        CryptographicOperations.FixedTimeEquals(hash, Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, hash.Length));
}

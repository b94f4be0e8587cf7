using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace MarketBot.Infrastructure.Security;

/// <summary><c>bcrypt$$2b$cost$salt-and-hash</c>, which reads 72 bytes of a password, and <c>bcrypt_sha256</c>, which hashes the hex of its SHA-256.</summary>
internal sealed partial class BcryptPassword(bool isDigested, int cost, byte[] salt, byte[] hash) : IStoredPassword
{
    /// <summary>Each step doubles the time; this one takes about 4 s.</summary>
    private const int MostCost = 16;

    private const int BytesRead = 72;

    /// <summary>bcrypt's base64 has the usual one's letters in an order of its own.</summary>
    private const string Letters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const string UsualLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static IStoredPassword? Read(string encoded)
    {
        if (Shape().Match(encoded) is not { Success: true } match || !HashPart.IsCount(match.Groups["cost"].Value, MostCost, out var cost))
            return null;

        // 2a, 2b and 2y name the same algorithm.
        return new BcryptPassword(match.Groups["digested"].Success, cost, Decode(match.Groups["salt"].Value), Decode(match.Groups["hash"].Value));
    }

    public bool Fits(byte[] password)
    {
        var phrase = isDigested ? HashPart.Utf8(Convert.ToHexStringLower(SHA256.HashData(password))) : password;
        // A NUL ends the phrase, so one within it fits nothing; like any other wrong one it costs the time.
        var found = BCrypt.Generate(phrase[..Math.Min(phrase.Length, BytesRead)], salt, cost, addTerminator: phrase.Length < BytesRead);
        return CryptographicOperations.FixedTimeEquals(hash, found.AsSpan(0, hash.Length)) & !phrase.Contains((byte)0);
    }

    private static byte[] Decode(string text)
    {
        var usual = string.Create(text.Length, text, (letters, from) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = UsualLetters[Letters.IndexOf(from[i], StringComparison.Ordinal)];
        });
        return Convert.FromBase64String(usual.PadRight((text.Length + 3) / 4 * 4, '='));
    }

    [GeneratedRegex(
        @"\Abcrypt(?<digested>_sha256)?\$\$2[aby]\$(?<cost>0[4-9]|[1-3][0-9])\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}

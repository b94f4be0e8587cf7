using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MarketBot.Infrastructure.Security;

/// <summary><c>bcrypt$$2b$cost$salt-and-hash</c>, which reads 72 bytes of a password, and <c>bcrypt_sha256</c>, which hashes the hex of its SHA-256.</summary>
internal sealed partial class BcryptPassword(bool isDigested, string setting, byte[] hash) : IStoredPassword
{
    /// <summary>Each step doubles the time; this one takes about 4 s.</summary>
    private const int MostCost = 16;

    private const int BytesRead = 72;

    /// <summary>Where the hash begins, behind <c>$2b$12$</c> and 22 characters of salt.</summary>
    private const int SettingLength = 29;

    public static IStoredPassword? Read(string encoded)
    {
        if (Shape().Match(encoded) is not { Success: true } match || !HashPart.IsCount(match.Groups["cost"].Value, MostCost, out _))
            return null;

        // 2a, 2b and 2y name the same algorithm; libxcrypt alone treats some passwords under 2a in a way of its own.
        return new BcryptPassword(
            match.Groups["digested"].Success, $"$2b${match.Groups["cost"].Value}${match.Groups["salt"].Value}", HashPart.Utf8(match.Groups["hash"].Value));
    }

    public bool Fits(byte[] password)
    {
        var phrase = isDigested ? HashPart.Utf8(Convert.ToHexStringLower(SHA256.HashData(password))) : password;
        return NativeHashing.CryptHash(phrase, BytesRead, setting) is { Length: > SettingLength } found
            && CryptographicOperations.FixedTimeEquals(hash, HashPart.Utf8(found[SettingLength..]));
    }

    [GeneratedRegex(@"\Abcrypt(?<digested>_sha256)?\$\$2[aby]\$(?<cost>0[4-9]|[1-3][0-9])\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}

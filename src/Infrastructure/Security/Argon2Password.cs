using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace MarketBot.Infrastructure.Security;

/// <summary>The kind and cost of an Argon2 hash.</summary>
/// <param name="Kind">0: argon2d, 1: argon2i, 2: argon2id (RFC 9106, 3.1).</param>
/// <param name="Version">16 or 19.</param>
/// <param name="Kibibytes">Memory.</param>
/// <param name="Passes">The number of passes over the memory.</param>
/// <param name="Lanes">Threads.</param>
internal sealed record Argon2Cost(int Kind, int Version, int Kibibytes, int Passes, int Lanes);

/// <summary><c>argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash</c>, the last two in base64 without padding.</summary>
internal sealed partial class Argon2Password(Argon2Cost cost, byte[] salt, byte[] hash) : IStoredPassword
{
    private const int MostKibibytes = 1 << 20;

    /// <summary>Memory times passes: 4 GiB, which takes some 10 s.</summary>
    private const int MostWork = 4 * MostKibibytes;

    private const int MostLanes = 64;

    /// <summary>The old version, in which hashes say nothing of it.</summary>
    private const int Version16 = 16;

    /// <summary>Blocks of memory that each lane needs at least (RFC 9106, 3.1).</summary>
    private const int BlocksPerLane = 8;

    private const int LeastSalt = 8;
    private const int LeastHash = 4;

    /// <summary>The longest hash that fits into Django's column of 128 characters.</summary>
    private const int MostBytes = 96;

    private static readonly string[] Kinds = ["d", "i", "id"];

    public static IStoredPassword? Read(string encoded)
    {
        if (encoded.Length > 4 * MostBytes || Shape().Match(encoded) is not { Success: true } match)
            return null;

        string Part(string name) => match.Groups[name].Value;
        if (!HashPart.IsCount(Part("m"), MostKibibytes, out var kibibytes)
            || !HashPart.IsCount(Part("t"), MostWork / kibibytes, out var passes)
            || !HashPart.IsCount(Part("p"), Math.Min(MostLanes, kibibytes / BlocksPerLane), out var lanes)
            || !IsUnpadded(Part("salt"), LeastSalt, out var salt)
            || !IsUnpadded(Part("hash"), LeastHash, out var hash))
            return null;

        var version = match.Groups["version"].Success ? int.Parse(Part("version"), System.Globalization.CultureInfo.InvariantCulture) : Version16;
        return new Argon2Password(new Argon2Cost(Array.IndexOf(Kinds, Part("kind")), version, kibibytes, passes, lanes), salt, hash);
    }

    public bool Fits(byte[] password)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(hash, HashOf(password));
        }
        finally
        {
            HashMemory.GiveBack(cost.Kibibytes);
        }
    }

    // A method of its own, so that nothing of the generator is held when its memory is given back.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] HashOf(byte[] password)
    {
        var found = new byte[hash.Length];
        var generator = new Argon2BytesGenerator();
        generator.Init(new Argon2Parameters.Builder(cost.Kind)
            .WithVersion(cost.Version).WithIterations(cost.Passes).WithMemoryAsKB(cost.Kibibytes).WithParallelism(cost.Lanes).WithSalt(salt).Build());
        generator.GenerateBytes(password, found);
        return found;
    }

    private static bool IsUnpadded(string text, int least, out byte[] bytes) =>
        HashPart.IsBase64(text.PadRight((text.Length + 3) / 4 * 4, '='), least, MostBytes, out bytes);

    [GeneratedRegex(
        @"\Aargon2\$argon2(?<kind>id|i|d)(\$v=(?<version>16|19))?\$m=(?<m>[0-9]+),t=(?<t>[0-9]+),p=(?<p>[0-9]+)\$"
        + @"(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketBot.Infrastructure.Security;

/// <summary>
/// Django's password hashes. Hashing takes turns on threads of its own, so that a hundred logins never slow down anybody's
/// buttons and never need the memory of two hashes.
/// </summary>
/// <param name="log">The log that names a missing library, once.</param>
/// <param name="isThere">Says if the machine has a library; tests take one away.</param>
/// <param name="limit">The limit of updates handled at once, in which whoever waits for a hash takes no place.</param>
internal sealed partial class DjangoPasswords(ILogger<DjangoPasswords>? log = null, Func<NativeCode, bool>? isThere = null, ConcurrencyLimit? limit = null)
    : IPasswords, IDisposable
{
    /// <summary>Django 5.2's <c>PBKDF2PasswordHasher.iterations</c>.</summary>
    private const int Iterations = 1_000_000;

    private const int SaltLength = 22;
    private const string SaltLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Costs what a new hash costs.</summary>
    private static readonly Pbkdf2Password Usual = new(HashAlgorithmName.SHA256, Iterations, new byte[SaltLength], new byte[SHA256.HashSizeInBytes]);

    private readonly ILogger _log = log ?? NullLogger<DjangoPasswords>.Instance;
    private readonly Func<NativeCode, bool> _isThere = isThere ?? NativeCode.IsThere;
    private readonly ConcurrentDictionary<NativeCode, bool> _libraries = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task<Refusal?> Check(string? encoded, IReadOnlyList<string> inUse, Secret password, CancellationToken ct) =>
        limit is null ? CheckInTurn(encoded, inUse, password, ct) : limit.Outside(() => CheckInTurn(encoded, inUse, password, ct));

    private async Task<Refusal?> CheckInTurn(string? encoded, IReadOnlyList<string> inUse, Secret password, CancellationToken ct)
    {
        var bytes = HashPart.Utf8(password.Reveal());
        if (bytes.Length > IPasswords.MaxBytes)
            return AccountRefusals.LoginFailed;

        // A hash that cannot be checked, or too cheaply, costs what the others cost; so does none at all.
        var (stored, isOutdated) = Read(encoded);
        var usual = CostliestOf(inUse);
        var slow = stored is not null && !isOutdated ? stored : usual;
        bool fits;
        await _turn.WaitAsync(ct);
        try
        {
            fits = await Task.Factory.StartNew(
                () => FitsAtTheCostOf(usual, slow, bytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }

        if (stored is not null && isOutdated && Fits(stored, bytes))
            return AccountRefusals.PasswordOutdated;
        if (fits && slow == stored)
            return null;
        return inUse.Any(LacksItsLibrary) ? AccountRefusals.PasswordUncheckable : AccountRefusals.LoginFailed;
    }

    public string Hash(Secret password)
    {
        var salt = RandomNumberGenerator.GetString(SaltLetters, SaltLength);
        var hash =
            Rfc2898DeriveBytes.Pbkdf2(HashPart.Utf8(password.Reveal()), HashPart.Utf8(salt), Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return $"pbkdf2_sha256${Iterations.ToString(CultureInfo.InvariantCulture)}${salt}${Convert.ToBase64String(hash)}";
    }

    public string Fingerprint(string encoded) => Convert.ToHexString(SHA256.HashData(HashPart.Utf8(encoded)));

    public void Dispose() => _turn.Dispose();

    private (IStoredPassword? Stored, bool IsOutdated) Read(string? encoded) =>
        PasswordFormat.Of(encoded) is { } format && Has(format.Needs) ? (format.Read(encoded!), format.IsOutdated) : (null, false);

    /// <summary>An old Django site has hashes of several costs side by side, since Django renews a hash only at a login.</summary>
    private IStoredPassword CostliestOf(IReadOnlyList<string> inUse)
    {
        var readable = inUse.Select(Read).Where(h => h is { Stored: not null, IsOutdated: false }).Select(h => h.Stored!).ToList();
        return readable.OfType<Pbkdf2Password>().MaxBy(p => p.Iterations) ?? readable.FirstOrDefault() ?? Usual;
    }

    private bool FitsAtTheCostOf(IStoredPassword usual, IStoredPassword stored, byte[] password)
    {
        var fits = Fits(stored, password);
        if (!fits && (stored, usual) is (Pbkdf2Password cheap, Pbkdf2Password costly))
            costly.SpendBeyond(cheap, password);
        return fits;
    }

    private bool LacksItsLibrary(string encoded) => PasswordFormat.Of(encoded) is { } format && !Has(format.Needs);

    private bool Has(NativeCode? code) => code is null || _libraries.GetOrAdd(code, needed =>
    {
        var isThere = _isThere(needed);
        if (!isThere)
            LogLibraryMissing(_log, needed.File, needed.Package);
        return isThere;
    });

    private bool Fits(IStoredPassword stored, byte[] password)
    {
        try
        {
            return stored.Fits(password);
        }
        catch (OutOfMemoryException scarce)
        {
            LogOutOfMemory(_log, scarce);
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Some passwords cannot be checked: the library {File} is missing. Install the Debian package {Package} and start MarketBot again")]
    private static partial void LogLibraryMissing(ILogger logger, string file, string package);

    [LoggerMessage(Level = LogLevel.Error, Message = "A password cannot be checked: there is not enough memory for its hash")]
    private static partial void LogOutOfMemory(ILogger logger, Exception scarce);
}

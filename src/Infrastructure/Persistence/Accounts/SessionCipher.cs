using System.Text;
using MarketBot.Infrastructure.Delivery;

namespace MarketBot.Infrastructure.Persistence.Accounts;

/// <summary>
/// Hides what an awaited answer remembers of earlier ones, such as the username that was sent before the password: people send secrets to the
/// wrong prompt. It is encrypted like the inbox; an awaited answer that remembers nothing is stored as it is.
/// </summary>
internal static class SessionCipher
{
    /// <summary>No route begins so.</summary>
    private const char Mark = '~';

    private const char Separator = ':';

    /// <summary>As the column <c>marketbot_sessions.awaited</c> holds it.</summary>
    public static string? Hide(string? awaited, PayloadCipher cipher) =>
        awaited?.Contains(Separator, StringComparison.Ordinal) == true ? Mark + Convert.ToBase64String(cipher.Encrypt(Encoding.UTF8.GetBytes(awaited))) : awaited;

    /// <summary>As the session knows it; null: nothing is awaited, or it was hidden under a token that is not known any more.</summary>
    public static string? Show(string? column, PayloadCipher cipher)
    {
        if (column is not [Mark, .. var hidden])
            return column;

        var bytes = new byte[hidden.Length];
        return Convert.TryFromBase64String(hidden, bytes, out var count) && cipher.Decrypt(bytes[..count]) is { } plain ? Encoding.UTF8.GetString(plain) : null;
    }
}

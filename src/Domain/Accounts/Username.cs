using System.Text;

namespace MarketBot.Domain.Accounts;

/// <summary>The login name of a marketplace account.</summary>
public static class Username
{
    /// <summary>Reads a username as people type it: blanks around it do not count, and it is NFKC-normalised as Django stores it.</summary>
    /// <returns>The username, or <see cref="AccountRefusals.UsernameInvalid"/>.</returns>
    public static Result<string> Parse(string? text)
    {
        var typed = Text.Cut(text?.Trim(), MarketplaceAccount.MaxUsernameLength + 1);
        if (typed.Contains('\ufffe', StringComparison.Ordinal))
            return AccountRefusals.UsernameInvalid; // Normalize throws for it.

        typed = typed.Normalize(NormalizationForm.FormKC);
        return typed.Length > 0 && Text.Fits(typed, MarketplaceAccount.MaxUsernameLength) && !typed.Any(char.IsControl)
            ? typed : AccountRefusals.UsernameInvalid;
    }
}

using MarketBot.Domain.Accounts;

namespace MarketBot.Tests.Unit.Domain.Accounts;

public class MarketplaceAccountTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_new_account_is_active_and_in_its_group()
    {
        var account = MarketplaceAccount.Create("admin", "hash", new AccountGroup("telegram_admins"), Now);

        Assert.Equal((0, "admin", "hash", true, Now), (account.Id, account.Username, account.PasswordHash, account.IsActive, account.DateJoined));
        Assert.Equal("telegram_admins", Assert.Single(account.Groups).Name);
        Assert.Equal(0, account.Groups[0].Id);
    }

    [Fact]
    public void Groups_are_known_by_their_exact_name()
    {
        var account = MarketplaceAccount.Create("admin", "hash", new AccountGroup("telegram_admins"), Now);

        Assert.True(account.IsIn("telegram_admins"));
        Assert.False(account.IsIn("Telegram_Admins"));
        Assert.False(account.IsIn(""));
    }

    [Fact]
    public void A_new_password_replaces_the_old_one()
    {
        var account = MarketplaceAccount.Create("admin", "old", new AccountGroup("g"), Now);

        account.SetPassword("new");

        Assert.Equal("new", account.PasswordHash);
    }

    [Fact]
    public void A_login_can_be_renewed_with_another_account()
    {
        var login = new AdminLogin(new TelegramId(5), 7, "AB", Now);

        login.Renew(8, "CD", Now.AddDays(1));

        Assert.Equal((new TelegramId(5), 8, "CD", Now.AddDays(1)), (login.TelegramId, login.AccountId, login.Fingerprint, login.At));
    }
}

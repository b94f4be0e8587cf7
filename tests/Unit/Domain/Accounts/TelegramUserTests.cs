using MarketBot.Domain.Accounts;

namespace MarketBot.Tests.Unit.Domain.Accounts;

public class TelegramUserTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TelegramProfile Anna = new(new TelegramId(4_503_599_627_370_495), "Анна", "Орехова", "anna", "ru");

    [Theory]
    [InlineData(Role.Seller)]
    [InlineData(Role.Admin)]
    public void Whoever_registers_is_active_not_banned_and_signed_in(Role role)
    {
        var user = TelegramUser.Register(Anna, role, Now);

        Assert.Equal((0L, Anna.Id, "Анна", "Орехова", "anna"), (user.Id, user.TelegramId, user.FirstName, user.LastName, user.Username));
        Assert.Equal((role, Now), (user.Role, user.CreatedAt));
        Assert.Equal((false, true, false), (user.IsBanned, user.IsActive, user.IsLoggedOut));
    }

    [Fact]
    public void Names_are_cut_to_what_the_columns_hold()
    {
        var hostile = Anna with { FirstName = new string('ё', 300), LastName = "\ud83c\0", Username = string.Concat(Enumerable.Repeat("🌰", 300)) };

        var user = TelegramUser.Register(hostile, Role.Seller, Now);

        Assert.Equal(255, user.FirstName.Length);
        Assert.Equal("", user.LastName);
        Assert.Equal(255, user.Username.EnumerateRunes().Count());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Signing_in_again_refreshes_names_and_role_and_keeps_ban_and_subscription(bool banned, bool active)
    {
        var user = new TelegramUser(3, Anna.Id, "Old", "Name", "old", Role.Seller, Now, banned, active, isLoggedOut: true);

        user.SignIn(Anna, Role.Admin);

        Assert.Equal((3L, "Анна", "Орехова", "anna", Role.Admin, Now), (user.Id, user.FirstName, user.LastName, user.Username, user.Role, user.CreatedAt));
        Assert.Equal((banned, active, false), (user.IsBanned, user.IsActive, user.IsLoggedOut));
    }

    [Fact]
    public void Signing_in_cuts_names_too()
    {
        var user = TelegramUser.Register(Anna, Role.Seller, Now);

        user.SignIn(Anna with { FirstName = new string('a', 256), LastName = "", Username = "" }, Role.Seller);

        Assert.Equal((255, "", ""), (user.FirstName.Length, user.LastName, user.Username));
    }

    [Fact]
    public void Signing_out_twice_is_fine()
    {
        var user = TelegramUser.Register(Anna, Role.Seller, Now);

        user.SignOut();
        user.SignOut();

        Assert.True(user.IsLoggedOut);
        Assert.True(user.IsActive);
    }

    [Fact]
    public void Ban_and_subscription_are_set_to_the_wanted_state()
    {
        var user = TelegramUser.Register(Anna, Role.Seller, Now);

        user.SetBanned(true);
        user.SetBanned(true);
        user.SetActive(false);
        user.SetActive(false);

        Assert.Equal((true, false), (user.IsBanned, user.IsActive));
        user.SetBanned(false);
        user.SetActive(true);
        Assert.Equal((false, true), (user.IsBanned, user.IsActive));
    }

    [Fact]
    public void Ids_of_people_are_ordered_and_print_as_numbers()
    {
        TelegramId small = new(2), large = new(10), same = new(2);

        Assert.True(small < large && large > small && small <= same && same >= small && !(large <= small) && !(small >= large));
        Assert.True(small.CompareTo(large) < 0);
        Assert.Equal("4503599627370495", Anna.Id.ToString());
    }
}

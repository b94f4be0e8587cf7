using System.Text;
using MarketBot.Presentation.Bot.CommandLine;

namespace MarketBot.Tests.Unit.Presentation.CommandLine;

public sealed class ShopFileTests : IDisposable
{
    private const string Header = "name,api_key,slug,client_id,vendor_name,is_active,price_updating\n";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private ShopFile Read(string text)
    {
        File.WriteAllText(_file, text);
        return ShopFile.Read(_file);
    }

    [Fact]
    public void A_file_is_read_with_all_its_columns()
    {
        var file = Read(Header + "Ореховый рай,k-1,nuts,10001,Лес,1,0\n\"Soap, \"\"fine\"\"\",k-2,,,,yes,TRUE\n");

        Assert.Empty(file.Errors);
        Assert.Equal(
            [(2L, new ShopLine("Ореховый рай", "k-1", "nuts", "10001", "Лес", true, false)),
                (3L, new ShopLine("Soap, \"fine\"", "k-2", "", "", "", true, true))], file.Shops);
    }

    [Fact]
    public void Columns_may_be_left_out_and_stand_in_any_order()
    {
        var file = Read("API_Key, Name\nk-1,Nuts\n");

        Assert.Equal([(2L, new ShopLine("Nuts", "k-1", null, "", "", false, false))], file.Shops);
    }

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_are_fine()
    {
        var file = Read("\ufeffname,api_key\r\nNuts,k-1\r\n");

        Assert.Equal("Nuts", Assert.Single(file.Shops).Shop.Name);
    }

    [Fact]
    public void What_is_wrong_is_told_by_line()
    {
        var file = Read("name,api_key,is_active\nNuts,k-1,1\nTea,k-2\nSoap,k-3,perhaps\nCoffee,k-4,0,more\n");

        Assert.Equal(
            [(3L, "3 fields are expected, 2 were found."), (4L, "is_active: 1 or 0 is expected."), (5L, "3 fields are expected, 4 were found.")], file.Errors);
        Assert.Single(file.Shops);
    }

    [Fact]
    public void Quotes_that_do_not_match_are_told_and_the_next_line_is_read()
    {
        var file = Read("name,api_key\n\"Nu\"ts,k-1\nTea,k-2\n");

        Assert.Equal([(2L, "The quotes do not match.")], file.Errors);
        Assert.Equal("Tea", Assert.Single(file.Shops).Shop.Name);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_told_by_the_line_on_which_it_opens()
    {
        var file = Read("name,api_key\nNuts,k-1\n\n\"Tea,k-2\nSoap,k-3\n");

        Assert.Equal([(4L, "The quotes do not match.")], file.Errors);
        Assert.Equal("Nuts", Assert.Single(file.Shops).Shop.Name);
    }

    [Fact]
    public void A_quote_in_the_middle_spaces_and_line_breaks_in_quotes_are_read_and_lines_counted()
    {
        var file = Read("name,api_key\nScreens 5\" and more,k-1\n \"two\nlines\" , \" k-2 \"\nTea\n");

        Assert.Equal([("Screens 5\" and more", "k-1"), ("two\nlines", "k-2")], file.Shops.Select(s => (s.Shop.Name, s.Shop.Key)));
        Assert.Equal((3L, 5L), (file.Shops[1].Line, Assert.Single(file.Errors).Line));
    }

    [Fact]
    public void Empty_lines_do_not_shift_the_numbers_of_lines()
    {
        var file = Read("name,api_key\nNuts,k-1\n\n\nTea\n");

        Assert.Equal(5, Assert.Single(file.Errors).Line);
    }

    [Theory]
    [InlineData("", "name, api_key")]
    [InlineData("name\nNuts\n", "api_key")]
    [InlineData("name,api_key,price\n", "price")]
    [InlineData("name,api_key,name\nNuts,k-1,Tea\n", "name")]
    [InlineData("\"na\"me,api_key\n", "line 1")]
    public void A_first_line_that_does_not_name_the_columns_is_a_mistake_of_the_operator(string text, string named)
    {
        var failure = Assert.Throws<OperatorException>(() => Read(text));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_a_mistake_of_the_operator()
    {
        Assert.Throws<OperatorException>(() => ShopFile.Read(_file + ".missing"));
        Assert.Throws<OperatorException>(() => ShopFile.Read(Path.GetTempPath()));
        Assert.Throws<OperatorException>(() => ShopFile.Read(""));
    }

    [Fact]
    public void A_line_becomes_a_shop_whose_key_does_not_print()
    {
        var shop = new ShopLine("Nuts", "k-1", null, "10001", "Forest", true, false).ToNewShop();

        Assert.Equal(
            ("Nuts", "k-1", "10001", "Forest", true, false), (shop.Name, shop.Key.Reveal(), shop.ClientId, shop.VendorName, shop.IsActive, shop.PriceUpdating));
        Assert.DoesNotContain("k-1", shop.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("utf-16")]
    [InlineData("utf-8 cut short")]
    public void A_file_that_is_not_UTF8_is_refused_by_its_name(string encoding)
    {
        const string Text = "name,api_key\nОрехи,k-1\n";
        File.WriteAllBytes(_file, encoding switch
        {
            "windows-1251" => [.. "name,api_key\n"u8, 0xCE, 0xF0, 0xE5, 0xF5, 0xE8, .. ",k-1\n"u8],
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)],
            _ => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)[..14]],
        });

        var failure = Assert.Throws<OperatorException>(() => ShopFile.Read(_file));

        Assert.Equal($"The file {_file} is not UTF-8. Save it as UTF-8 and import it again.", failure.Message);
    }
}

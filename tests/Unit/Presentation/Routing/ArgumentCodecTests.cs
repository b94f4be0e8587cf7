using System.Text;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;

namespace MarketBot.Tests.Unit.Presentation.Routing;

public class ArgumentCodecTests
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    private static readonly Type[] Records = [.. Routes.All.Select(r => r.Route.Arguments).OfType<Type>()];

    public static TheoryData<string> Names => new(Records.Select(r => r.Name));

    private static Type Named(string name) => Records.Single(r => r.Name == name);

    private static object Make(Type record, Func<Type, object?> value)
    {
        var constructor = record.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => value(p.ParameterType))]);
    }

    private static string Write(object record) => record is IButton button ? Routes.Write(button) : Routes.Write((IAwaited)record);

    private static object? Read(object record, string data) => (record is IButton ? Routes.Button(data) : Routes.Answer(data))?.Arguments;

    private static object? Largest(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } e => Enum.GetValues(e).Cast<object>().Last(),
        var t when t == typeof(ShopId) => new ShopId(long.MaxValue),
        var t when t == typeof(int) => 999_999_999,
        var t when t == typeof(short) => short.MaxValue,
        var t when t == typeof(bool) => true,
        _ => "Иван:Петров/%41 🔑&<b>",
    };

    private static object? Smallest(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        { IsValueType: true } => Activator.CreateInstance(type),
        _ => "",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_back(string name)
    {
        var record = Named(name);
        object[] extremes = [Make(record, Largest), Make(record, Smallest)];

        Assert.All(extremes, extreme => Assert.Equal(extreme, Read(extreme, Write(extreme))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_button_never_outgrows_64_bytes(string name)
    {
        if (!Named(name).IsAssignableTo(typeof(IButton)))
            return;

        Assert.InRange(Encoding.UTF8.GetByteCount(Write(Make(Named(name), Largest))), 1, 64);
        Assert.InRange(Encoding.UTF8.GetByteCount(Write(Make(Named(name), type => type == typeof(int) ? int.MaxValue : Largest(type)))), 1, 64);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_few_or_too_many_arguments_are_nobodys(string name)
    {
        var record = Make(Named(name), Largest);
        var data = Write(record);

        Assert.Null(Read(record, data + ":1"));
        Assert.Null(Read(record, data + ":"));
        if (data.Contains(':', StringComparison.Ordinal))
            Assert.Null(Read(record, data[..data.LastIndexOf(':')]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::")]
    [InlineData("nothing")]
    [InlineData("MENU")]
    [InlineData("menu ")]
    [InlineData(" menu")]
    [InlineData("menu:")]
    [InlineData("shops")]
    [InlineData("shops:")]
    [InlineData("shops:2")]
    [InlineData("shops:-1")]
    [InlineData("shops:Open")]
    [InlineData("shop:17:1:1")]
    [InlineData("shop:-17:1:1:")]
    [InlineData("shop:9223372036854775808:1:1:")]
    [InlineData("shop:17:1:1000000000:")]
    [InlineData("shop:17:1:1:32768")]
    [InlineData("shop:17:1:1:-1")]
    [InlineData("shop: 17:1:1:")]
    [InlineData("shop:1e3:1:1:")]
    [InlineData("shop:0x11:1:1:")]
    [InlineData("shop:١٧:1:1:")]
    [InlineData("shop::1:1:")]
    [InlineData("on:17:2:1:1:")]
    [InlineData("on:17:True:1:1:")]
    [InlineData("on:17::1:1:")]
    [InlineData("speak:de")]
    [InlineData("speak:")]
    [InlineData("page:0:4:1:1:")]
    [InlineData("seller_key")]
    public void What_no_button_says_is_nobodys(string? data) => Assert.Null(Routes.Button(data));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("group_was_told")]
    [InlineData("menu")]
    [InlineData("admin_password")]
    [InlineData("admin_password:a:b")]
    public void What_nobody_awaits_is_nobodys(string? awaited) => Assert.Null(Routes.Answer(awaited));

    [Fact]
    public void Ten_thousand_forged_data_are_read_or_refused_but_never_throw()
    {
        var random = new Random(20260301);
        string[] pieces = [
            .. Routes.All.Select(r => r.Route.Name), ":", ":", ":", ":", "0", "1", "17", "-1", "99999999999999999999", "9223372036854775807", "en", "%", "%41",
            "%ZZ", "🌰", "\0", " ", "\ud83c", "э"];

        for (var i = 0; i < 10_000; i++)
        {
            var data = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (Routes.Button(data) is { Arguments: IButton button })
                Assert.Equal(button, Routes.Button(Routes.Write(button))?.Arguments);
            if (Routes.Answer(data) is { Arguments: IAwaited awaited })
                Assert.Equal(awaited, Routes.Answer(Routes.Write(awaited))?.Arguments);
        }
    }

    [Fact]
    public void Data_of_every_length_up_to_64_bytes_never_throw()
    {
        var random = new Random(20260302);
        var bytes = new byte[64];

        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            Assert.Null(Routes.Button(Encoding.UTF8.GetString(bytes, 0, random.Next(65)) + "\u0001"));
        }
    }

    [Fact]
    public void Buttons_say_what_they_mean_in_the_form_that_old_messages_keep()
    {
        Assert.Equal("menu", Routes.Write(new OpenMenu()));
        Assert.Equal("shops:0", Routes.Write(new OpenShops(ShopListPurpose.Open)));
        Assert.Equal("page:0:2:50:2:", Routes.Write(new TurnPage(ShopListPurpose.Open, ShopListFrom.After, new ShopId(50), 2, null)));
        Assert.Equal("shop:17:10:1:3", Routes.Write(new OpenShop(new ShopId(17), new ShopId(10), 1, 3)));
        Assert.Equal("on:17:1:10:1:", Routes.Write(new SwitchShop(new ShopId(17), true, new ShopId(10), 1, null)));
        Assert.Equal("price:17:0:10:1:", Routes.Write(new SwitchPrices(new ShopId(17), false, new ShopId(10), 1, null)));
        Assert.Equal("unbind:17:10:1::1", Routes.Write(new ConfirmUnbind(new ShopId(17), new ShopId(10), 1, null, FromCard: true)));
        Assert.Equal("speak:en", Routes.Write(new ChooseLanguage(Language.En)));
        Assert.Equal("admin_password:a%3Ab", Routes.Write(new AwaitPassword("a:b")));
    }

    [Fact]
    public void A_record_that_fits_into_no_button_is_refused_by_name()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => ArgumentCodec.LongestOf("x", typeof(Unwritable)));

        Assert.Equal("Unwritable cannot be written into a button: DateTime is no argument type.", failure.Message);
    }

    [Fact]
    public void The_length_of_open_text_has_no_bound() => Assert.Equal(int.MaxValue, ArgumentCodec.LongestOf("x", typeof(AwaitPassword)));

    private sealed record Unwritable(DateTime When);
}

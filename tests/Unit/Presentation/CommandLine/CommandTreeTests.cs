using MarketBot.Presentation.Bot.CommandLine;

namespace MarketBot.Tests.Unit.Presentation.CommandLine;

/// <summary>The command line as far as no database is needed.</summary>
public sealed class CommandTreeTests : IDisposable
{
    private const string WrongSetting = "--Bot:PageSize=0";
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private Task<int> Run(params string[] args) => new CommandTree(_output, _errors, TextReader.Null).Run(args, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("playground")]
    [InlineData("db")]
    [InlineData("db upgrade")]
    [InlineData("backup")]
    [InlineData("shops")]
    [InlineData("shops list")]
    [InlineData("shops add")]
    [InlineData("shops import")]
    [InlineData("accounts")]
    [InlineData("accounts list")]
    [InlineData("accounts add")]
    [InlineData("accounts set-password")]
    [InlineData("users")]
    [InlineData("users list")]
    [InlineData("users show")]
    [InlineData("users ban")]
    [InlineData("users unban")]
    [InlineData("users activate")]
    [InlineData("users deactivate")]
    [InlineData("users unbind")]
    [InlineData("users erase")]
    public async Task Every_command_explains_itself(string command)
    {
        var code = await Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (code, _errors.ToString()));
        Assert.Contains("Usage:", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("shops unknown")]
    [InlineData("shops list --unknown")]
    [InlineData("shops add")]
    [InlineData("shops import")]
    [InlineData("users ban")]
    [InlineData("users ban anna")]
    [InlineData("users ban 99999999999999999999")]
    [InlineData("users unbind 5")]
    [InlineData("users")]
    [InlineData("db")]
    [InlineData("accounts add a b c")]
    [InlineData("playground --port http")]
    public async Task What_is_not_understood_is_said_and_ends_with_2(string command)
    {
        var code = await Run(command.Split(' '));

        Assert.Equal(2, code);
        Assert.EndsWith("See marketbot --help.\n", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("")]
    [InlineData("db upgrade")]
    [InlineData("shops list --json")]
    [InlineData("users ban 5")]
    public async Task A_wrong_setting_stops_every_command_with_one_line_and_2(string command)
    {
        var code = await Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), WrongSetting]);

        Assert.Equal((2, "Bot:PageSize must be from 1 to 20.\n"), (code, _errors.ToString()));
    }

    [Fact]
    public async Task A_setting_may_stand_anywhere_and_its_value_behind_it()
    {
        var code = await Run("--Bot:PageSize", "0", "shops", "list");

        Assert.Equal((2, "Bot:PageSize must be from 1 to 20.\n"), (code, _errors.ToString()));
    }

    [Fact]
    public async Task The_Playground_does_not_start_beside_a_real_token()
    {
        var code = await Run("playground", "--Telegram:Token=123456:AAF-secret_part_of_the_token_0");

        Assert.Equal(2, code);
        Assert.DoesNotContain("secret", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_mistakes_is_refused_line_by_line_before_a_database_is_opened()
    {
        await File.WriteAllTextAsync(_file, "name,api_key\nNuts\nTea,k-2,more\n", TestContext.Current.CancellationToken);

        var code = await Run("shops", "import", _file, "--ConnectionStrings:MarketBot=Data Source=/nowhere/x.db");

        Assert.Equal(2, code);
        Assert.Equal(
            $"{_file}, line 2: 2 fields are expected, 1 was found.\n{_file}, line 3: 2 fields are expected, 3 were found.\nNothing was added.\n",
            _errors.ToString());
    }

    [Fact]
    public async Task A_secret_is_asked_for_when_it_is_left_out()
    {
        var code = await Run("accounts", "add", "anna");

        Assert.Equal((2, "Password: Nothing was typed.\n"), (code, _errors.ToString()));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_one_line_and_2()
    {
        var code = await Run("shops", "list", "--ConnectionStrings:MarketBot=Data Source=/nowhere/at/all/x.db");

        Assert.Equal(2, code);
        Assert.Single(_errors.ToString().TrimEnd('\n').Split('\n'));
        Assert.Equal("", _output.ToString());
    }
}

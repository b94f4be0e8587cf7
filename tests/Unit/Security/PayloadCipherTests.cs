using MarketBot.Infrastructure.Delivery;

namespace MarketBot.Tests.Unit.Security;

public class PayloadCipherTests
{
    private const string Old = "123456:the-token-before";
    private const string New = "123456:the-token-of-today";

    [Fact]
    public void What_was_encrypted_under_the_token_before_is_read_by_either_way()
    {
        using var before = new PayloadCipher(Old, previousToken: null);
        using var now = new PayloadCipher(New, Old);
        var stored = before.Encrypt("hello"u8);

        Assert.Equal("hello"u8.ToArray(), now.Decrypt(before.CurrentKeyId, stored));
        Assert.Equal("hello"u8.ToArray(), now.Decrypt(stored));
        Assert.Equal("hello"u8.ToArray(), now.Decrypt(now.Encrypt("hello"u8)));
    }

    [Fact]
    public void What_was_encrypted_under_a_strange_token_or_changed_since_is_not_read()
    {
        using var strange = new PayloadCipher("123456:of-somebody-else", previousToken: null);
        using var now = new PayloadCipher(New, Old);
        var changed = now.Encrypt("hello"u8);
        changed[^1] ^= 1;

        Assert.Null(now.Decrypt(strange.Encrypt("hello"u8)));
        Assert.Null(now.Decrypt(changed));
        Assert.Null(now.Decrypt([1, 2, 3]));
    }

    [Fact]
    public void The_same_content_looks_different_each_time()
    {
        using var cipher = new PayloadCipher(New, previousToken: null);

        Assert.NotEqual(cipher.Encrypt("hello"u8), cipher.Encrypt("hello"u8));
    }
}

using System.Security.Cryptography;
using System.Text;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Encrypts what lies in the inbox with AES-256-GCM (NIST SP 800-38D), under keys derived from bot tokens by HKDF
/// (RFC 5869): a message may hold a password until it is handled. Layout: nonce, tag, ciphertext.
/// </summary>
internal sealed class PayloadCipher : IDisposable
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeyIdSize = 4;
    private readonly Dictionary<string, byte[]> _keys;
    private readonly AesGcm _current;
    private readonly Lock _turn = new();

    /// <summary>Encrypts under the key of one token; reads what was encrypted under the other one, too.</summary>
    public PayloadCipher(string token, string? previousToken)
    {
        var current = KeyOf(token);
        CurrentKeyId = current.Id;
        _keys = new Dictionary<string, byte[]> { [current.Id] = current.Key };
        if (!string.IsNullOrEmpty(previousToken) && KeyOf(previousToken) is var previous)
            _keys[previous.Id] = previous.Key;
        _current = new AesGcm(current.Key, TagSize);
    }

    /// <summary>Names the key that <see cref="Encrypt"/> uses, without giving it away.</summary>
    public string CurrentKeyId { get; }

    /// <summary>Encrypts.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        lock (_turn)
            _current.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize));
        return sealedBytes;
    }

    /// <summary>Decrypts; null when the key is not known or the bytes are not what was encrypted.</summary>
    public byte[]? Decrypt(string keyId, ReadOnlySpan<byte> sealedBytes)
    {
        if (!_keys.TryGetValue(keyId, out var key) || sealedBytes.Length < NonceSize + TagSize)
            return null;

        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Decrypts what was encrypted under any key that is known; null when it was none of them.</summary>
    public byte[]? Decrypt(byte[] sealedBytes) => _keys.Keys.Select(id => Decrypt(id, sealedBytes)).FirstOrDefault(plain => plain is not null);

    public void Dispose() => _current.Dispose();

    private static (string Id, byte[] Key) KeyOf(string token)
    {
        var secret = Encoding.UTF8.GetBytes(token);
        return (
            Convert.ToHexString(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyIdSize, info: "marketbot inbox key id"u8.ToArray())),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeySize, info: "marketbot inbox key"u8.ToArray()));
    }
}

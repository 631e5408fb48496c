using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Storage;

namespace Nakama.Tests.Storage;

public sealed class StorageVersionTests
{
    [Fact]
    public void Equal_texts_have_one_version_and_different_texts_have_two() => Prop.ForAll<string, string>((one, other) =>
    {
        // Broken surrogates all become the same replacement in UTF-8, and no client can send them.
        var (left, right) = (Clean(one), Clean(other));
        return (StorageVersion.Of(left) == StorageVersion.Of(right)) == (left == right) && StorageVersion.Of(left) == StorageVersion.Of(new string(left.AsSpan()));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_version_is_thirty_two_small_hex_digits_whatever_the_text() => Prop.ForAll<string>(text =>
        StorageVersion.Of(Clean(text)) is { Length: 32 } version && version.All(letter => char.IsAsciiHexDigitLower(letter))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{}", "99914b932bd37a50b983c5e7c90ae93b")]
    [InlineData("""{"a":1}""", "bb6cb5c68df4652941caf652a366f2d8")]
    public void It_is_the_md5_that_clients_know(string value, string version) => Assert.Equal(version, StorageVersion.Of(value));

    private static string Clean(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}

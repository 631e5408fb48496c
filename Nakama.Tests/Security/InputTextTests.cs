using Nakama.Server.Security;

namespace Nakama.Tests.Security;

public sealed class InputTextTests
{
    [Theory]
    [InlineData("ann", false)]
    [InlineData("with space", false)]
    [InlineData("[ab]", false)]
    [InlineData("a]", false)]
    [InlineData("\u0085\u00a0\u3000", false)]
    [InlineData("a[]b", true)]
    [InlineData("[[]", true)]
    [InlineData("tab\t", true)]
    [InlineData("\0", true)]
    [InlineData("\x7f", true)]
    public void A_username_may_have_spaces_but_no_pair_of_brackets(string username, bool isBad) =>
        Assert.Equal(isBad, InputText.IsBadUsername(username));

    [Theory]
    [InlineData("has space", true)]
    [InlineData("line\n", true)]
    [InlineData("\x1f", true)]
    [InlineData("\u00a0", false)]
    [InlineData("[]", false)]
    public void An_id_has_no_ascii_blanks(string id, bool isBad) => Assert.Equal(isBad, InputText.HasSpaceOrControl(id));

    [Theory]
    [InlineData("ääääää", 12, 12, true)]
    [InlineData("ääääää", 6, 6, false)]
    [InlineData("😀", 4, 4, true)]
    public void Lengths_are_bytes(string text, int min, int max, bool fits) => Assert.Equal(fits, InputText.HasLength(text, min, max));

    [Theory]
    [InlineData("a@b.c", true)]
    [InlineData("a@b@c.d", true)]
    [InlineData("@@b.c", true)]
    [InlineData("@a@b.c", true)]
    [InlineData("@b.c", false)]
    [InlineData("a@.c", false)]
    [InlineData("a@b.", false)]
    [InlineData("a@b", false)]
    [InlineData("a.b@c", false)]
    [InlineData("", false)]
    [InlineData("@", false)]
    public void An_address_has_three_parts(string text, bool isEmail) => Assert.Equal(isEmail, InputText.IsEmail(text));

    [Fact]
    public void A_random_username_is_ten_letters() => Assert.Matches("^[a-zA-Z]{10}$", InputText.RandomUsername());

    [Theory]
    [InlineData("0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("0F3CF8F4-64A8-4A2A-B7C8-4AD2BB8F3F11")]
    [InlineData("0f3cf8f464a84a2ab7c84ad2bb8f3f11")]
    [InlineData("{0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11}")]
    [InlineData("{0f3cf8f464a84a2ab7c84ad2bb8f3f11}")]
    [InlineData("urn:uuid:0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("URN:UUID:0f3cf8f464a84a2ab7c84ad2bb8f3f11")]
    public void An_id_has_several_spellings(string text)
    {
        Assert.True(UuidText.TryParse(text, out var id));
        Assert.Equal("0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11", id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("bad")]
    [InlineData(" 0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("+f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("0x3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("0f3cf8f46-4a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("{0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11")]
    [InlineData("urn:uuid:{0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f11}")]
    [InlineData("0f3cf8f4-64a8-4a2a-b7c8-4ad2bb8f3f1g")]
    public void Anything_else_is_no_id(string text) => Assert.False(UuidText.TryParse(text, out _));

    [Fact]
    public void A_secret_equals_itself_only()
    {
        var key = new ServerKey("geheim");

        Assert.True(key.IsEqualTo("geheim"u8));
        Assert.False(key.IsEqualTo("geheim "u8));
        Assert.False(key.IsEqualTo(""u8));
    }
}

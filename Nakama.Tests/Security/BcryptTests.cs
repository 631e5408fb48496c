using System.Runtime.InteropServices;
using System.Text;
using Nakama.Server.Security;

namespace Nakama.Tests.Security;

public sealed class BcryptTests
{
    [Theory]
    [InlineData("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe")]
    [InlineData("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC")]
    [InlineData("~!@#$%^&*()      ~!@#$%^&*()PNBFRD", "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO")]
    [InlineData("abc", "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    public void Published_vectors_verify(string password, string hash) =>
        Assert.True(Verify(password, hash));

    [Fact]
    public void The_first_words_of_pi_are_the_published_ones()
    {
        Assert.Equal(0x243F6A88u, BlowfishConstants.Words[0]);
        Assert.Equal(0x8979FB1Bu, BlowfishConstants.Words[17]);
        Assert.Equal(0xD1310BA6u, BlowfishConstants.Words[18]);
        Assert.Equal(0x3AC372E6u, BlowfishConstants.Words[^1]);
    }

    [Fact]
    public void A_fresh_hash_has_the_form_of_the_reference_server_and_verifies()
    {
        var hash = Bcrypt.Hash("correct horse"u8);

        Assert.Matches(@"^\$2a\$13\$[./A-Za-z0-9]{53}$", Encoding.ASCII.GetString(hash));
        Assert.True(Bcrypt.Verify("correct horse"u8, hash));
        Assert.False(Bcrypt.Verify("correct horsf"u8, hash));
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("password1", 4)]
    [InlineData("pässwörd, 密码", 5)]
    [InlineData("seventy-one bytes -----------------------------------------------------", 4)]
    [InlineData("seventy-two bytes ------------------------------------------------------", 4)]
    public void The_system_agrees_on_every_hash(string password, int cost)
    {
        var hash = Encoding.ASCII.GetString(Bcrypt.Hash(Encoding.UTF8.GetBytes(password), cost)).Replace("$2a$", "$2b$");

        Assert.Equal(hash, SystemCrypt(password, hash));
        Assert.True(Verify(password, SystemCrypt(password, hash)));
    }

    [Theory]
    [InlineData("$2a$")]
    [InlineData("$2b$")]
    [InlineData("$2y$")]
    public void All_three_prefixes_verify(string prefix)
    {
        var hash = Encoding.ASCII.GetString(Bcrypt.Hash("password"u8, 4)).Replace("$2a$", prefix);

        Assert.True(Verify("password", hash));
    }

    [Fact]
    public void Hashing_refuses_what_verifying_cuts_off()
    {
        var long73 = new string('x', 73);
        var hash = Bcrypt.Hash(Encoding.UTF8.GetBytes(long73[..72]), 4);

        Assert.Throws<ArgumentException>(() => Bcrypt.Hash(Encoding.UTF8.GetBytes(long73), 4));
        Assert.True(Bcrypt.Verify(Encoding.UTF8.GetBytes(long73), hash));
        Assert.False(Bcrypt.Verify(Encoding.UTF8.GetBytes(long73[..71]), hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s")]
    [InlineData("$2x$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("$2a$03$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("$2a$32$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("$2a$06$DCq7YPn5Rq63x1Lad4cll!TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("$1$salt$qJH7.N4xYta3aEG/dfqo/0")]
    public void What_is_not_a_hash_verifies_nothing(string hash) => Assert.False(Verify("", hash));

    private static bool Verify(string password, string hash) =>
        Bcrypt.Verify(Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(hash));

    private static string SystemCrypt(string password, string setting)
    {
        // The state of crypt_r; its size differs between systems and is far below this everywhere.
        var state = new byte[262_144];
        return Marshal.PtrToStringAnsi(crypt_r(password, setting, state))!;
    }

    [DllImport("libcrypt.so.1", CharSet = CharSet.Ansi)]
    private static extern IntPtr crypt_r(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string key, [MarshalAs(UnmanagedType.LPUTF8Str)] string setting, byte[] data);
}

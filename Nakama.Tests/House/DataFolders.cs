using Aspire.Hosting;
using Nakama.AppHost.Postgres;

namespace Nakama.Tests.House;

/// <summary>Where the app host keeps the data of a clone.</summary>
public sealed class DataFolders : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("nakama-");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void Each_clone_has_a_folder_of_its_own_also_when_the_clones_have_one_name()
    {
        using var one = Open(clone: "/home/anna/nakama");
        using var other = Open(clone: "/home/ben/nakama");

        Assert.NotEqual(one.Root, other.Root);
        Assert.StartsWith(Path.Combine(_parent.FullName, "nakama-"), one.Root, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_given_is_the_same_folder_for_every_clone()
    {
        Open(clone: "/home/anna/nakama", "shared").Dispose();
        using var folder = Open(clone: "/home/ben/nakama", "shared");

        Assert.Equal(Path.Combine(_parent.FullName, "shared"), folder.Root);
    }

    [Fact]
    public void Data_from_before_clones_had_folders_goes_to_the_first_clone_that_finds_it()
    {
        var old = Path.Combine(_parent.FullName, "nakama-data");
        Directory.CreateDirectory(Path.Combine(old, "data"));
        File.WriteAllText(Path.Combine(old, "data", "PG_VERSION"), "17\n");
        File.WriteAllText(Path.Combine(old, "password"), "as before");

        using var first = Open(clone: "/home/anna/nakama");
        using var second = Open(clone: "/home/ben/nakama");

        Assert.Equal((old, 17, "as before"), (first.Root, first.Version, first.Password()));
        Assert.NotEqual(old, second.Root);
        first.Dispose();
        using var again = Open(clone: "/home/anna/nakama");
        Assert.Equal(old, again.Root);
    }

    [Fact]
    public void The_password_stays_and_only_its_owner_can_read_it()
    {
        using var folder = Open();
        var password = folder.Password();

        Assert.Equal(password, folder.Password());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Root, "password")));
    }

    [Fact]
    public void A_lost_password_is_told()
    {
        using var folder = Open();
        Directory.CreateDirectory(folder.Data);
        File.WriteAllText(Path.Combine(folder.Data, "PG_VERSION"), "17\n");

        var exception = Assert.Throws<DistributedApplicationException>(folder.Password);

        Assert.Equal($"{Path.Combine(folder.Root, "password")} is gone. Put it back, or remove {folder.Root} to begin with empty data.", exception.Message);
    }

    [Fact]
    public void A_process_id_that_is_now_another_programs_is_forgotten_and_the_program_left_alone()
    {
        using var folder = Open();
        Directory.CreateDirectory(folder.Data);
        var pidFile = Path.Combine(folder.Data, "postmaster.pid");
        File.WriteAllText(pidFile, $"{Environment.ProcessId}\n");

        folder.EndLeftover();

        Assert.False(File.Exists(pidFile));
    }

    private DataFolder Open(string clone = "/home/anna/nakama", string? name = null) => DataFolder.Open(name, clone, _parent.FullName);
}

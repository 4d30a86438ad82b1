using Auth.Host.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Keys;

/// <summary>The root key: given in Production, made once on a developer's machine, never quoted.</summary>
public sealed class RootKeySpecs : IDisposable
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private readonly string _folder = Directory.CreateTempSubdirectory("auth-root-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task hosts_that_start_at_once_share_one_root_key()
    {
        using var together = new Barrier(8);
        var folder = Path.Combine(_folder, "new");

        var roots = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return RootKeyFile.ReadOrMake(folder);
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        var wrapped = roots[0].Wrap([1, 2, 3], "here");
        roots.ShouldAllBe(root => root.Unwrap(wrapped, "here").Length == 3);
        Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void only_its_owner_can_read_the_file()
    {
        RootKeyFile.ReadOrMake(_folder);

        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        else File.GetUnixFileMode(Path.Combine(_folder, RootKeyFile.Name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void a_damaged_file_is_an_error_and_is_not_replaced()
    {
        var file = Path.Combine(_folder, RootKeyFile.Name);
        File.WriteAllText(file, "not a key");

        Should.Throw<InvalidDataException>(() => RootKeyFile.ReadOrMake(_folder));

        File.ReadAllText(file).ShouldBe("not a key");
    }

    [Fact]
    public void outside_development_a_root_key_is_required() => Complaint("Production").ShouldContain("Auth:Keys:Root");

    [Fact]
    public void a_development_host_needs_none() => Complaint("Development").ShouldBe("");

    [Theory]
    [InlineData("secret-but-short")]
    [InlineData("c2VjcmV0LWJ1dC1zaG9ydA==")]
    [InlineData("")]
    public void a_root_key_of_another_length_is_refused_and_not_quoted(string root)
    {
        var complaint = Complaint("Production", ("Root", root));

        complaint.ShouldContain("Auth:Keys:Root must be");
        if (root != "") complaint.ShouldNotContain(root);
    }

    [Fact]
    public void a_value_and_a_file_together_are_refused() =>
        Complaint("Production", ("Root", Zeros), ("RootFile", Filed(Zeros))).ShouldContain("both");

    [Fact]
    public void a_file_that_is_not_there_is_refused() =>
        Complaint("Production", ("RootFile", Path.Combine(_folder, "nowhere"))).ShouldContain("not there");

    [Fact]
    public void a_file_without_a_key_is_refused() =>
        Complaint("Production", ("RootFile", Filed("not a key"))).ShouldContain("must hold");

    [Theory]
    [InlineData("RootFile")]
    [InlineData("Root_FILE")]
    public void a_file_gives_the_same_key_as_the_value(string setting)
    {
        var byValue = Configured("Production", ("Root", Zeros)).GetRequiredService<RootKey>();
        var byFile = Configured("Production", (setting, Filed(Zeros + "\n"))).GetRequiredService<RootKey>();

        byFile.Unwrap(byValue.Wrap([7], "here"), "here").ShouldBe([7]);
    }

    private string Filed(string text)
    {
        var file = Path.Combine(_folder, "given");
        File.WriteAllText(file, text);
        return file;
    }

    private static string Complaint(string environment, params (string Name, string Value)[] settings)
    {
        try
        {
            Configured(environment, settings).GetRequiredService<IStartupValidator>().Validate();
            return "";
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }

    private static ServiceProvider Configured(string environment, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => $"Auth:Keys:{s.Name}", s => (string?)s.Value));
        return builder.AddKeys().Services.BuildServiceProvider();
    }
}

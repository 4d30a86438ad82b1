using System.Reflection;
using Auth.Specs.Given;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Auth.Specs.Audit;

/// <summary>Recorded sign-ins, decided again by the rules of this build.</summary>
public class RecordedSpecs(RunningHost host)
{
    private readonly Auditor _auditor = new(host);

    [Fact]
    public async Task a_whole_sign_in_is_decided_again_as_it_was()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        await visit.Attempt(Wrong.For(code));
        (await visit.Attempt(code)).Status.ShouldBe(200);

        var again = await _auditor.Again(visit.SignIn);
        again.Select(rerun => rerun.Command.GetType().Name).ShouldBe(["CreateSignIn", "PrepareSecondFactor", "AttemptSecondFactor", "AttemptSecondFactor"]);
        await _auditor.AgreesOn(visit.SignIn);
    }

    [Fact]
    public async Task so_is_one_that_used_up_its_guesses_and_ran_out_of_time()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create("not the password at all");
        await visit.AttemptFirst();
        await visit.Prepare();
        var code = await visit.UpToCode();
        for (var n = 0; n < 6; n++) await visit.Attempt(Wrong.For(code));
        await visit.Prepare();
        StoryClock.Advance(TimeSpan.FromMinutes(11));
        (await visit.Attempt(code)).Status.ShouldBe(400);

        await _auditor.AgreesOn(visit.SignIn);
    }

    [Fact]
    public async Task so_are_resent_codes_and_expired_ones_and_strangers()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.UpToCode();
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        await visit.Prepare();
        StoryClock.Advance(TimeSpan.FromMinutes(6));
        await visit.Attempt("000000");
        var stranger = new Visit(host, person);
        await stranger.Identify("nobody@example.com");
        await stranger.Browser.Post($"/v1/client/sign_ins/{stranger.SignIn}/prepare_first_factor", ("strategy", "email_code"));
        await stranger.Browser.Post($"/v1/client/sign_ins/{stranger.SignIn}/attempt_first_factor", ("strategy", "email_code"), ("code", "000000"));

        await _auditor.AgreesOn(visit.SignIn);
        await _auditor.AgreesOn(stranger.SignIn);
    }

    [Fact]
    public async Task had_the_code_been_right_tells_what_would_have_happened_and_writes_nothing()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Attempt(Wrong.For(await visit.UpToCode()));
        var before = await visit.Facts();

        var told = (await _auditor.Ask("replay", visit.SignIn, "--had", "right", "--version", "4", "--json")).Json;
        told["instead"]!.AsArray().Select(fact => (string)fact!["type"]!).ShouldBe(["sign_in.second_factor_verified", "sign_in.converted"]);
        (await visit.Facts()).Count(fact => fact is not Domain.SignIns.TextHandedOver and not Domain.SignIns.TextDelivered).ShouldBe(before.Count(fact => fact is not Domain.SignIns.TextHandedOver and not Domain.SignIns.TextDelivered));
    }

    [Fact]
    public async Task earlier_the_code_would_still_have_been_good()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.UpToCode();
        StoryClock.Advance(TimeSpan.FromSeconds(310));
        await visit.Attempt("000000");

        var told = (await _auditor.Ask("replay", visit.SignIn, "--earlier", "40s", "--had", "wrong", "--json")).Json;
        told["recorded"]![0]!["type"]!.ToString().ShouldBe("sign_in.second_factor_refused");
        told["instead"]![0]!["type"]!.ToString().ShouldBe("sign_in.second_factor_rejected");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task its_spec_compiles_and_passes(bool refused)
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        if (refused) for (var n = 0; n < 6; n++) await visit.Attempt(Wrong.For(code));
        else (await visit.Attempt(code)).Status.ShouldBe(200);

        var told = await _auditor.Ask("spec", visit.SignIn);
        told.Code.ShouldBe(0, told.Words);
        told.Data.ShouldNotContain("@example.com");
        Run(told.Data);
        if (!refused) Should.Throw<Exception>(() => Run(told.Data.Replace("Demand.SecondFactor", "Demand.Nothing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task a_replay_is_the_same_bytes_on_every_run()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Through();
        string[][] ways = [["replay", visit.SignIn, "--version", "5", "--json"], ["replay", visit.SignIn, "--version", "5"], ["explain", visit.SignIn, "--at", "2099-01-01"]];
        foreach (var way in ways)
        {
            var first = (await _auditor.Ask(way)).Data;
            await new Visit(host, await Person.Make(host)).Create();
            (await _auditor.Ask(way)).Data.ShouldBe(first);
        }
    }

    private static void Run(string text)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; global using Xunit; global using Shouldly;";
        var here = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0).Select(assembly => MetadataReference.CreateFromFile(assembly.Location));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var compiled = CSharpCompilation.Create($"recorded_{Guid.NewGuid():n}", [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(text)], here, options);
        using var image = new MemoryStream();
        compiled.Emit(image).Diagnostics.Where(problem => problem.Severity is DiagnosticSeverity.Error).Select(problem => $"{problem}\n{text}").ShouldBeEmpty();
        var spec = Assembly.Load(image.ToArray()).GetExportedTypes().Single();
        foreach (var fact in spec.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null)) fact.Invoke(Activator.CreateInstance(spec), null);
    }
}

using System.Reflection;
using System.Security.Cryptography;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Specs.Given;
using OtpNet;

namespace Auth.Specs.Factors;

/// <summary>Secrets are compared in a time that tells nothing, as the compiled code says; how long it takes is not measured here (R25).</summary>
public class FixedTimeSpecs
{
    private static readonly Assembly Host = typeof(OfferedCode).Assembly;
    private static readonly MethodInfo FixedTime = typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals))!;

    [Fact]
    public void every_comparison_of_a_secret_takes_fixed_time_R25() =>
        Calls.To(FixedTime, Host).Select(method => method.Split('.')[0]).Distinct()
            .ShouldBe([nameof(OfferedCode), nameof(PasswordHashing), nameof(ApiKeys), nameof(Auth.Host.Audit.Access.AuditKeys), nameof(ClientSecret), "SinchSignature"], ignoreOrder: true);

    /// <summary>A code is compared where it is derived, handed to the library of authenticator apps, or written into a message.</summary>
    [Fact]
    public void nobody_else_reads_the_digits_of_a_code_R25() =>
        Calls.To(typeof(OfferedCode).GetProperty(nameof(OfferedCode.Digits))!.GetMethod!, Host).Where(method => !method.StartsWith("OfferedCode.", StringComparison.Ordinal)).Distinct()
            .ShouldBe(["AuthenticatorApp.Step", "InstanceName.TextOf", "CodeMail.Of"], ignoreOrder: true);

    [Fact]
    public void nobody_asks_whether_two_codes_are_equal_R25() =>
        typeof(OfferedCode).GetMethods().Where(method => method.Name is "op_Equality" or "op_Inequality" or "Equals" && method.DeclaringType == typeof(OfferedCode))
            .SelectMany(method => Calls.To(method, Host)).Where(method => !method.StartsWith("OfferedCode.", StringComparison.Ordinal)).ShouldBeEmpty();

    /// <summary>The library compares by its own loop over all characters; if it stops doing so, this says so.</summary>
    [Fact]
    public void the_library_of_authenticator_apps_compares_no_strings_R25()
    {
        var verify = typeof(Otp).GetMethod("Verify", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var compares = Calls.Of(verify).Single(call => call.Name == "ValuesEqual");
        Calls.Of(compares).Select(call => call.Name).Distinct().ShouldBe(["get_Length", "get_Chars"], ignoreOrder: true);
    }
}

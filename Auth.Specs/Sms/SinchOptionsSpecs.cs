using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Sms;
using Auth.Specs.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Sms;

/// <summary>A host that could not send says so when it starts, and names the key.</summary>
public class SinchOptionsSpecs
{
    private static readonly (string, string?)[] Plan = [("Sinch:ServicePlanId", "p"), ("Sinch:ApiToken", "t"), ("Sinch:Region", "br")];
    private static readonly (string, string?)[] Pair = [("Sinch:ProjectId", "p"), ("Sinch:KeyId", "k"), ("Sinch:KeySecret", "s"), ("Sinch:Region", "us")];

    [Fact]
    public void a_plan_token_and_a_key_pair_are_fine()
    {
        Complaints("Production", Plan).ShouldBeEmpty();
        Complaints("Production", Pair).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Sinch:ApiToken is missing", "Sinch:ServicePlanId=p", "Sinch:Region=eu")]
    [InlineData("Sinch:ServicePlanId is missing", "Sinch:ApiToken=t", "Sinch:Region=eu")]
    [InlineData("Sinch:KeySecret is missing", "Sinch:ProjectId=p", "Sinch:KeyId=k", "Sinch:Region=eu")]
    [InlineData("Sinch:ServicePlanId and Sinch:KeyId are both set", "Sinch:ServicePlanId=p", "Sinch:KeyId=k", "Sinch:Region=eu")]
    [InlineData("Sinch:Region is missing", "Sinch:ServicePlanId=p", "Sinch:ApiToken=t")]
    [InlineData("Sinch:Region is not one of us, eu, au, br, ca", "Sinch:ServicePlanId=p", "Sinch:ApiToken=t", "Sinch:Region=EU1")]
    [InlineData("Sinch:Region is not one of us, eu,", "Sinch:ProjectId=p", "Sinch:KeyId=k", "Sinch:KeySecret=s", "Sinch:Region=au")]
    [InlineData("Sinch:CallbackSecret is missing", "Sinch:ServicePlanId=p", "Sinch:ApiToken=t", "Sinch:Region=eu", "Sinch:CallbackUrl=https://a.example/hooks/sinch/sms")]
    [InlineData("Sinch:CallbackUrl must be https", "Sinch:CallbackSecret=s", "Sinch:CallbackUrl=http://a.example/hooks/sinch/sms")]
    [InlineData("Sinch:SmsBaseAddress is not an absolute", "Sinch:ServicePlanId=p", "Sinch:ApiToken=t", "Sinch:SmsBaseAddress=eu.sms")]
    [InlineData("Sinch:SmsBaseAddress points to the fake Sinch", "Sinch:ServicePlanId=p", "Sinch:ApiToken=t", "Sinch:SmsBaseAddress=http://localhost:5080/_sinch")]
    [InlineData("are missing, while Sinch:SmsBaseAddress is set", "Sinch:SmsBaseAddress=https://sms.example")]
    [InlineData("Sinch:Timeout must be", "Sinch:Timeout=00:02:00")]
    public void what_does_not_fit_is_named(string complaint, params string[] settings) =>
        Complaints("Production", [.. settings.Select(setting => (setting.Split('=')[0], (string?)setting.Split('=', 2)[1]))])
            .ShouldHaveSingleItem().ShouldContain(complaint);

    [Fact]
    public void a_secret_is_never_in_a_complaint() =>
        Complaints("Production", [("Sinch:ApiToken", "very-secret"), ("Sinch:KeySecret", "also-secret")]).ShouldAllBe(complaint => !complaint.Contains("-secret"));

    [Fact]
    public void without_settings_production_starts_and_says_why_no_text_can_be_sent()
    {
        var (availability, complaints) = (Built("Production").Services.GetRequiredService<SmsAvailability>(), Complaints("Production"));
        complaints.ShouldBeEmpty();
        availability.Available.ShouldBeFalse();
        availability.Because!.ShouldContain("Sinch:ServicePlanId");
    }

    [Fact]
    public async Task without_settings_nothing_is_sent_in_production() =>
        (await Built("Production").Services.GetRequiredService<ISmsSender>().SendAsync(Sending.Text("+12015550100"), TestContext.Current.CancellationToken))
            .ShouldBeOfType<SmsReceipt.Refused>().ShouldSatisfyAllConditions(no => no.Code.ShouldBe("not_configured"), no => no.Permanent.ShouldBeTrue());

    [Fact]
    public void the_fake_is_refused_in_production()
    {
        Should.Throw<InvalidOperationException>(() => Built("Production", [("Sinch:Fake", "true")])).Message.ShouldContain("Sinch:Fake");
        var app = Built("Production");
        app.MapFakeSinch();
        ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ShouldBeEmpty();
    }

    private static IEnumerable<string> Complaints(string environment, params (string, string?)[] settings)
    {
        try
        {
            _ = Built(environment, settings).Services.GetRequiredService<IOptions<SinchOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException no)
        {
            return no.Failures;
        }
    }

    private static WebApplication Built(string environment, params (string, string?)[] settings)
    {
        var builder = FakeHost.Bare(environment, new LogBook(), settings);
        builder.AddSms();
        builder.AddFakeSinch();
        return builder.Build();
    }
}

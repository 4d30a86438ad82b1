using System.Text;
using Auth.Host.Delivery.Sms;

namespace Auth.Specs.Sms;

/// <summary>The provider's own examples, from the tests of its SDKs.</summary>
public class SinchSignatureSpecs
{
    private const string CallbackBody = """{"at":"2025-01-13T09:22:40.914Z","batch_id":"01JHFFHQ0P99JPPNQPJDV7JTBP","client_reference":"a client reference","code":0,"operator_status_at":"2025-01-13T09:22:00Z","recipient":"33662162466","status":"Delivered","type":"recipient_delivery_report_sms"}""";
    private const string CallbackSignature = "ZoHei66PPN/kZjw7hFVfGhJOnml3iGNCMWoyQVcE5o0=", ApplicationSecret = "BeIukql3pTKJ8RGL5zo0DA==";

    [Fact]
    public void a_delivery_report_is_signed_as_the_provider_signs_it() =>
        SinchSignature.OfCallback("SMSWebhooksSecret", Bytes(CallbackBody), "01JHFFHWYY7HSS4FWTMDTQEK8V", "1736760161").ShouldBe(CallbackSignature);

    [Theory]
    [InlineData("POST", """{"event":"ace","callid":"822aa4b7-05b4-4d83-87c7-1f835ee0b6f6_257","timestamp":"2014-09-24T10:59:41Z","version":1}""", "2014-09-24T10:59:41Z", "/sinch/callback/ace", "Tg6fMyo8mj9pYfWQ9ssbx3Tc1BNC87IEygAfLbJqZb4=")]
    [InlineData("POST", """{"identity": {"type": "number", "endpoint": "+46700000000"}, "method": "sms"}""", "2014-06-04T13:41:58Z", "/verification/v1/verifications", "h6rXrFayOoggyHW4ymnLlfSDkZZPg6j98lHzvOXVjvw=")]
    [InlineData("POST", "", "2014-06-04T13:41:58Z", "/verification/v1/verifications", "srx3SkKXw/ryFJLfwFFzZTigPxR/1+9Ae+eB3olDIjM=")]
    public void an_application_signs_as_the_provider_does(string method, string body, string timestamp, string path, string signature) =>
        SinchSignature.OfApplication(ApplicationSecret, method, Bytes(body), "application/json", timestamp, path).ShouldBe(signature);

    [Theory]
    [InlineData(CallbackSignature, true)]
    [InlineData("aaHei66PPN/kZjw7hFVfGhJOnml3iGNCMWoyQVcE5o0=", false)]
    [InlineData("ZoHei66PPN/kZjw7hFVfGhJOnml3iGNCMWoyQVcE5o0=AAAA", false)]
    [InlineData("ZoHei66PPN8=", false)]
    [InlineData("not base64", false)]
    [InlineData("", false)]
    public void only_the_whole_signature_signs(string signature, bool signs) =>
        SinchSignature.SignsCallback(signature, "SMSWebhooksSecret", Bytes(CallbackBody), "01JHFFHWYY7HSS4FWTMDTQEK8V", "1736760161").ShouldBe(signs);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

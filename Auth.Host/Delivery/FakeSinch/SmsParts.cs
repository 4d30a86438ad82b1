namespace Auth.Host.Delivery.FakeSinch;

/// <summary>Into how many messages a network cuts a text: 160 GSM letters or 70 others fit in one, 153 or 67 in each of several.</summary>
internal sealed record SmsParts(int Count, string Encoding)
{
    private const string Gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Doubled = "^{}\\[~]|€\f";

    public static SmsParts Of(string body)
    {
        var gsm = body.All(letter => Gsm.Contains(letter) || Doubled.Contains(letter));
        var length = gsm ? body.Sum(letter => Doubled.Contains(letter) ? 2 : 1) : body.Length;
        var (one, several) = gsm ? (160, 153) : (70, 67);
        return new(length <= one ? 1 : (length + several - 1) / several, gsm ? "GSM" : "UNICODE");
    }
}

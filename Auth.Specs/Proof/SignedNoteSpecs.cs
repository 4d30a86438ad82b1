using Auth.Projections.Proof;

namespace Auth.Specs.Proof;

/// <summary>Signed notes, by one that another program made.</summary>
public class SignedNoteSpecs
{
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Signature = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string PublicKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Seed = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";
    private static readonly NoteVerifier Key = NoteVerifier.Parse(PublicKey)!;

    [Fact]
    public void a_note_of_others_is_understood_and_checked() => SignedNote.Parse($"{Text}\n{Signature}")!.IsBy(Key).ShouldBeTrue();

    [Fact]
    public void ours_are_theirs_to_the_byte()
    {
        var signer = new NoteSigner("PeterNeumann", Convert.FromBase64String(Seed));

        $"{signer.Verifier}".ShouldBe(PublicKey);
        $"{signer.Sign(Text)}".ShouldBe($"{Text}\n{Signature}");
        $"{signer}".ShouldBe("NoteSigner(PeterNeumann)");
    }

    [Fact]
    public void every_other_byte_is_noticed()
    {
        var note = System.Text.Encoding.UTF8.GetBytes($"{Text}\n{Signature}");
        for (var i = 0; i < note.Length; i++)
        {
            var changed = (byte[])note.Clone();
            changed[i] ^= 1;
            (SignedNote.Parse(System.Text.Encoding.UTF8.GetString(changed))?.IsBy(Key) ?? false).ShouldBeFalse($"byte {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name ****\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    public void what_is_no_note_is_none(string text) => SignedNote.Parse(text).ShouldBeNull();

    [Fact]
    public void a_file_holds_many()
    {
        var note = $"{Text}\n{Signature}";
        SignedNote.ParseAll($"{note}\n{note}\n{note}")!.Count.ShouldBe(3);
        SignedNote.ParseAll($"{note}\nand then?\n").ShouldBeNull();
    }

    [Fact]
    public void a_checkpoint_has_one_form()
    {
        var checkpoint = new Checkpoint("auth.example.com/default/00000001", 7, Merkle.Empty, 9, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

        checkpoint.Text.ShouldBe("auth.example.com/default/00000001\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nevent 9\ntime 2026-03-02T09:00:00.000000Z\n");
        Checkpoint.Parse(checkpoint.Text)!.Text.ShouldBe(checkpoint.Text);
        Checkpoint.Parse(checkpoint.Text.Replace("\n7\n", "\n07\n")).ShouldBeNull();
        Checkpoint.Parse(checkpoint.Text + "more\n").ShouldBeNull();
    }
}

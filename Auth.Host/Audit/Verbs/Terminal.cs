using System.Text.RegularExpressions;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary>Where data and words go, and whether anybody looks.</summary>
/// <param name="Data">stdout.</param>
/// <param name="Words">stderr.</param>
/// <param name="Keys">stdin.</param>
/// <param name="Width">In columns.</param>
/// <param name="Colours">Whether data may be coloured.</param>
public sealed partial record Terminal(TextWriter Data, TextWriter Words, TextReader Keys, int Width, bool Colours)
{
    private const int Narrowest = 60, WithoutTerminal = 100;

    /// <summary>This process's: 100 columns and no colours when nobody looks.</summary>
    public static Terminal OfProcess(string[] args)
    {
        var data = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var looks = !Console.IsOutputRedirected;
        return new(data, Console.Error, Console.In,
            looks ? Math.Max(Console.WindowWidth, Narrowest) : WithoutTerminal,
            looks && !args.Contains("--no-color") && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        { Looks = !Console.IsErrorRedirected };
    }

    /// <summary>Whether somebody looks at the words, and a bar can move.</summary>
    public bool Looks { get; init; }

    /// <summary>Draws data, without the blanks that fill lines up.</summary>
    internal void Draw(Action<IAnsiConsole> draw)
    {
        using var sheet = new StringWriter();
        draw(Canvas(sheet));
        Data.Write(Blanks().Replace(sheet.ToString(), ""));
    }

    [GeneratedRegex("[ ]+(?=\r?\n)")]
    private static partial Regex Blanks();

    private IAnsiConsole Canvas(TextWriter sheet)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new Sheet(sheet, Width),
            Ansi = Colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private sealed class Sheet(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}

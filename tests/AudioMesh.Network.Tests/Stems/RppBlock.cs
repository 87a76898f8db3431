// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Stems;

/// <summary>A block of a Reaper project, read strictly: a word and values on each line, values in one of three quotes where they hold spaces.</summary>
internal sealed class RppBlock
{
    private readonly List<string[]> _lines = [];

    public required string Word { get; init; }

    public List<RppBlock> Blocks { get; } = [];

    public static RppBlock Parse(string text)
    {
        Stack<RppBlock> open = new();
        RppBlock? root = null;
        foreach (string line in text.TrimEnd('\n').Split('\n').Select(line => line.Trim()))
        {
            Assert.That(root is null || open.Count > 0, "text after the end");
            if (line == ">")
            {
                RppBlock closed = open.Pop();
                root = open.Count == 0 ? closed : root;
                continue;
            }

            string[] words = Split(line.TrimStart('<'));
            if (line.StartsWith('<'))
            {
                RppBlock block = new() { Word = words[0] };
                if (open.TryPeek(out RppBlock? parent))
                {
                    parent.Blocks.Add(block);
                }

                open.Push(block);
            }
            else
            {
                open.Peek()._lines.Add(words);
            }
        }

        Assert.That(open, Is.Empty, "blocks left open");
        return root!;
    }

    public string[] Line(string word) => _lines.Single(line => line[0] == word)[1..];

    private static string[] Split(string line)
    {
        List<string> words = [];
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == ' ')
            {
                continue;
            }

            bool isQuoted = line[at] is '"' or '\'' or '`';
            int end = isQuoted ? line.IndexOf(line[at], at + 1) : line.IndexOf(' ', at);
            Assert.That(!isQuoted || end > 0, $"a quote left open: {line}");
            end = end < 0 ? line.Length : end;
            words.Add(line[(isQuoted ? at + 1 : at)..end]);
            at = end;
        }

        return [.. words];
    }
}

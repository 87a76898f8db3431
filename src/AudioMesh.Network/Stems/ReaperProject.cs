// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace AudioMesh.Network.Stems;

/// <summary>
/// A project of Reaper: plain text, blocks of lines in angle brackets, a word first on each line. A track for each stem, each with one item that lies at the
/// project's beginning, where all stems begin.
/// </summary>
internal static class ReaperProject
{
    public static string Of(CollectResult result)
    {
        StringBuilder text = new();
        text.Append("<REAPER_PROJECT 0.1 \"6.0/linux-x86_64\" 0\n");
        text.Append(CultureInfo.InvariantCulture, $"  SAMPLERATE {result.Rate} 1 0\n");
        foreach (CollectedStem stem in result.Stems)
        {
            string name = Quoted(stem.Host.Length > 0 ? $"{stem.Host} {stem.Name}" : stem.Name);
            text.Append(CultureInfo.InvariantCulture, $"  <TRACK\n    NAME {name}\n    NCHAN {Math.Max(2, stem.Channels + (stem.Channels % 2))}\n");
            text.Append(CultureInfo.InvariantCulture, $"    <ITEM\n      POSITION 0\n      LENGTH {(decimal)result.Frames / result.Rate:0.############}\n      LOOP 0\n      NAME {name}\n");
            text.Append(CultureInfo.InvariantCulture, $"      <SOURCE WAVE\n        FILE {Quoted(Path.GetRelativePath(Path.GetDirectoryName(result.ProjectPath)!, stem.Path).Replace(Path.DirectorySeparatorChar, '/'))}\n      >\n    >\n  >\n");
        }

        return text.Append(">\n").ToString();
    }

    // It has three kinds of quotes and no escapes; a text with all three loses the last.
    private static string Quoted(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return !line.Contains('"') ? $"\"{line}\"" : !line.Contains('\'') ? $"'{line}'" : $"`{line.Replace('`', '\'')}`";
    }
}

// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Verify;

/// <summary>Compares generated files with those in the repository.</summary>
public static class CommittedFiles
{
    /// <summary>Throws where a file of <paramref name="directory"/> has not the text it has in <paramref name="generated"/>; names the line.</summary>
    public static void RequireEqual(IReadOnlyDictionary<string, string> generated, string directory)
    {
        foreach ((string file, string text) in generated)
        {
            string path = Path.Combine(directory, file);
            if (!File.Exists(path))
            {
                throw new BindingsException($"{path} is missing: generate it");
            }

            string[] expected = text.Split('\n');
            string[] committed = File.ReadAllText(path).Split('\n');
            int line = expected.Zip(committed).TakeWhile(pair => pair.First == pair.Second).Count();
            if (line != expected.Length || line != committed.Length)
            {
                throw new BindingsException(
                    $"{path}({line + 1}): '{Line(committed, line)}' is committed, the headers say '{Line(expected, line)}': generate again");
            }
        }
    }

    private static string Line(string[] lines, int index) => index < lines.Length ? lines[index] : "(end of file)";
}

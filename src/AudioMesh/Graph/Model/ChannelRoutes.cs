// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Which input channels each output channel is the sum of, written as <c>1,0</c> or <c>0+1,-</c>: an entry for each output, <c>-</c> for silence.</summary>
internal static class ChannelRoutes
{
    /// <summary>For each of <paramref name="outputs"/> outputs its inputs. Empty text joins each input to the output of its number. Throws InvalidArgument.</summary>
    public static int[][] Parse(string text, int inputs, int outputs)
    {
        if (text.Length == 0)
        {
            return [.. Enumerable.Range(0, outputs).Select(output => output < inputs ? new[] { output } : [])];
        }

        int[][] routes = [.. text.Split(',').Select(entry => Entry(entry.Trim(), inputs))];
        return routes.Length == outputs ? routes : throw Wrong($"{routes.Length} entries for {outputs} channels", inputs);
    }

    private static int[] Entry(string entry, int inputs) => entry == "-"
        ? []
        : [.. entry.Split('+').Select(word => int.TryParse(word, out int input) && input >= 0 && input < inputs
            ? input
            : throw Wrong($"'{word}' is no input", inputs))];

    private static AudioMeshException Wrong(string what, int inputs) =>
        new(AudioErrorKind.InvalidArgument, $"The channel map is not right: {what}.")
        {
            Field = "args.map",
            Allowed = $"an entry for each channel that comes out, as 1,0+1,-: sums of inputs 0..{inputs - 1}, or -",
        };
}

// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioMesh.Simd;

/// <summary>
/// Looks into the engine library built for AVX2: every kernel must work on whole vectors. ILC silently
/// falls back to scalar code where an instruction set was not named to it, or where it does not know an operation.
/// </summary>
internal static partial class InstructionGate
{
    // 24 bits are packed four samples at a time, by one shuffle of 128 bits.
    private static readonly (string Name, Regex Instruction)[] Kernels =
    [
        ("Mix__Add", Wide()), ("Mix__AddScaled", Wide()), ("Gain__Apply", Wide()), ("GainRamp__Apply", Wide()),
        ("GainRamp__AddRamped", Wide()), ("Peak__Measure", Wide()), ("Rms__AddWide", Wide()), ("SampleConvert__ToInt16", Wide()),
        ("LaneSums__Correlate", Wide()), ("LaneSums__Products", Wide()), ("ChannelConcealer__Predict", Wide()), ("GapBridge__AddScaled", Wide()),
        ("SampleConvert__FromInt16", Wide()), ("SampleConvert__ToInt24", Shuffle()), ("SampleConvert__FromInt24", Shuffle()),
    ];

    public static void Check(Tally tally)
    {
        string library = Path.Combine(Tool.Root ?? "", "artifacts", "native", "linux-x64", "libaudiomesh.avx2.so");
        if (!File.Exists(library) || !File.Exists(library + ".dbg"))
        {
            tally.Skip($"There is no {library} with its symbols: build the engine library first.");
            return;
        }

        if (Tool.Run("nm", "-S", library + ".dbg") is not { } symbols || Tool.Run("objdump", "--version") is null)
        {
            tally.Skip("nm and objdump (binutils) are not installed.");
            return;
        }

        foreach ((string kernel, Regex instruction) in Kernels)
        {
            Check(tally, library, kernel, instruction, symbols);
        }
    }

    private static void Check(Tally tally, string library, string kernel, Regex instruction, string[] symbols)
    {
        bool IsIt(string line) => line.Contains(" t AudioMesh_AudioMesh_", StringComparison.OrdinalIgnoreCase)
            && line.EndsWith($"_{kernel}", StringComparison.OrdinalIgnoreCase);
        if (Array.Find(symbols, IsIt) is not { } symbol)
        {
            tally.Judge(false, $"{kernel}: not in the library");
            return;
        }

        string[] parts = symbol.Split(' ');
        long start = long.Parse(parts[0], NumberStyles.HexNumber);
        long stop = start + long.Parse(parts[1], NumberStyles.HexNumber);
        string[] code = Tool.Run("objdump", "-d", "--no-show-raw-insn", $"--start-address={start}", $"--stop-address={stop}", library) ?? [];
        int wide = code.Count(instruction.IsMatch);
        tally.Judge(wide > 0, $"{kernel}: {wide} vector instructions");
    }

    [GeneratedRegex(@"\sv(mul|add|sub|max|min|fm|fnm|sqrt|and|cvt|pmovsx|pslld|psrad|pshuf|pack|perm)\S*\s.*%ymm")]
    private static partial Regex Wide();

    [GeneratedRegex(@"\svpshufb\s")]
    private static partial Regex Shuffle();
}

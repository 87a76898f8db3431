// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioMesh.Simd;

/// <summary>
/// Looks into the engine library built for AVX2: every kernel must work on 256-bit registers. ILC silently falls back to 128 bits,
/// or to none, when an instruction set is not named to it.
/// </summary>
internal static partial class InstructionGate
{
    private static readonly string[] Kernels =
    [
        "Mix__Add", "Mix__AddScaled", "Gain__Apply", "GainRamp__Apply", "GainRamp__AddRamped", "Peak__Measure", "Rms__Measure",
        "SampleConvert__ToInt16", "SampleConvert__FromInt16", "SampleConvert__ToInt24", "SampleConvert__FromInt24",
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

        foreach (string kernel in Kernels)
        {
            Check(tally, library, kernel, symbols);
        }
    }

    private static void Check(Tally tally, string library, string kernel, string[] symbols)
    {
        string ending = $" t AudioMesh_AudioMesh_Dsp_{kernel}";
        if (Array.Find(symbols, line => line.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is not { } symbol)
        {
            tally.Judge(false, $"{kernel}: not in the library");
            return;
        }

        string[] parts = symbol.Split(' ');
        long start = long.Parse(parts[0], NumberStyles.HexNumber);
        long stop = start + long.Parse(parts[1], NumberStyles.HexNumber);
        string[] code = Tool.Run("objdump", "-d", "--no-show-raw-insn", $"--start-address={start}", $"--stop-address={stop}", library) ?? [];
        int wide = code.Count(line => Wide().IsMatch(line));
        tally.Judge(wide > 0, $"{kernel}: {wide} arithmetic instructions on ymm registers");
    }

    [GeneratedRegex(@"\sv(mul|add|sub|max|min|fm|fnm|sqrt|and|cvt|pmovsx|pslld|psrad|pshuf|pack|perm)\S*\s.*%ymm")]
    private static partial Regex Wide();
}

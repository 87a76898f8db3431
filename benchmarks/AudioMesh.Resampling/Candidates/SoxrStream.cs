// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Resampling.Candidates;

/// <summary>libsoxr 0.1.3, interleaved floats, one thread.</summary>
internal sealed unsafe partial class SoxrStream : IStream
{
    private const string Library = "libsoxr.so.0";
    private const uint HighQuality = 4, VeryHighQuality = 6;
    private readonly int _channels;
    private readonly nint _soxr;

    private SoxrStream(Conversion conversion, int channels, uint recipe)
    {
        _channels = channels;
        QualitySpec quality = soxr_quality_spec(recipe, 0);
        _soxr = soxr_create(conversion.From, conversion.To, (uint)channels, out nint error, 0, &quality, 0);
        if (error != 0)
        {
            throw new InvalidOperationException(Marshal.PtrToStringUTF8(error));
        }
    }

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    public static Candidate HQ { get; } = new("soxr HQ", (conversion, channels) => new SoxrStream(conversion, channels, HighQuality));

    public static Candidate VHQ { get; } = new("soxr VHQ", (conversion, channels) => new SoxrStream(conversion, channels, VeryHighQuality));

    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        fixed (float* from = input, to = output)
        {
            nint error = soxr_process(_soxr, from, (nuint)(input.Length / _channels), out nuint taken, to, (nuint)(output.Length / _channels), out nuint made);
            return error == 0 && (int)taken == input.Length / _channels
                ? (int)made
                : throw new InvalidOperationException("soxr left input behind");
        }
    }

    public void Dispose() => soxr_delete(_soxr);

    [LibraryImport(Library)]
    private static partial QualitySpec soxr_quality_spec(nuint recipe, nuint flags);

    [LibraryImport(Library)]
    private static partial nint soxr_create(double fromRate, double toRate, uint channels, out nint error, nint io, QualitySpec* quality, nint runtime);

    [LibraryImport(Library)]
    private static partial nint soxr_process(nint soxr, float* input, nuint inputFrames, out nuint taken, float* output, nuint room, out nuint made);

    [LibraryImport(Library)]
    private static partial void soxr_delete(nint soxr);

    [StructLayout(LayoutKind.Sequential)]
    private struct QualitySpec
    {
        public double Precision, PhaseResponse, PassbandEnd, StopbandBegin;
        public nint Reserved;
        public nuint Flags;
    }
}

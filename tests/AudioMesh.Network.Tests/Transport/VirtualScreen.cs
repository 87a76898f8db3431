// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>A display in memory, whose pixels can be looked at; the test is skipped where there is no Xvfb.</summary>
internal sealed class VirtualScreen : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public VirtualScreen()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "320x240x24", "-fbdir", _folder.FullPath, "-nolisten", "tcp"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            _folder.Dispose();
            Assert.Ignore("Xvfb is not installed (Debian: xvfb).");
            throw;
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        Display = $":{_process.StandardOutput.ReadLine()}";
    }

    /// <summary>Its name, for DISPLAY.</summary>
    public string Display { get; }

    /// <summary>Whether each of so many cells of 4 by 4 pixels at the top left is bright. The file is an XWD: a header in big-endian words, colours, and rows of pixels.</summary>
    public bool[] Cells(int count)
    {
        byte[] dump = File.ReadAllBytes(_folder.PathOf("Xvfb_screen0"));
        int Word(int index) => (int)BinaryPrimitives.ReadUInt32BigEndian(dump.AsSpan(4 * index));
        int pixels = Word(0) + (12 * Word(19)), bytesPerLine = Word(12), bytesPerPixel = Word(11) / 8;
        return [.. Enumerable.Range(0, count).Select(cell => dump[pixels + (2 * bytesPerLine) + (((4 * cell) + 2) * bytesPerPixel)] > 127)];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit(5000);
        _process.Dispose();
        _folder.Dispose();
    }
}

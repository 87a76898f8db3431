// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace AudioMesh.Wire;

/// <summary>The two ciphers that .NET has everywhere, side by side.</summary>
internal static class CipherChoice
{
    public static string Measure(int bytes, int rounds)
    {
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        byte[] header = new byte[24];
        byte[] body = new byte[bytes];
        byte[] tag = new byte[16];
        using AesGcm aes = new(key, tag.Length);
        (double[] aesTimes, _) = Stopclock.Time(rounds, () => aes.Encrypt(nonce, body, body, tag, header));
        if (!ChaCha20Poly1305.IsSupported)
        {
            return $"| {bytes} | {aesTimes.At(0.5):F0} | not on this machine | |";
        }

        using ChaCha20Poly1305 chaCha = new(key);
        (double[] chaChaTimes, _) = Stopclock.Time(rounds, () => chaCha.Encrypt(nonce, body, body, tag, header));
        return $"| {bytes} | {aesTimes.At(0.5):F0} | {chaChaTimes.At(0.5):F0} | {chaChaTimes.At(0.5) / aesTimes.At(0.5):F2} |";
    }
}

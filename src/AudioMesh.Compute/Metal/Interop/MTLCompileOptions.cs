// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to the options of the MSL compiler.</summary>
internal sealed unsafe class MTLCompileOptions(ObjC objc)
{
    private readonly nint _setFastMathEnabled = objc.Selector("setFastMathEnabled:");

    public void setFastMathEnabled_(nint self, bool enabled) =>
        ((delegate* unmanaged<nint, nint, byte, void>)objc.Send)(self, _setFastMathEnabled, enabled ? (byte)1 : (byte)0);
}

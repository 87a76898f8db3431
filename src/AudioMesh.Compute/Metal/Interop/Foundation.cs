// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Metal.Interop;

/// <summary>What is needed of NSString, NSArray and NSError. Call inside a pool.</summary>
internal sealed unsafe class Foundation(ObjC objc)
{
    private readonly nint _string = objc.Class("NSString");
    private readonly nint _stringWithUtf8 = objc.Selector("stringWithUTF8String:");
    private readonly nint _utf8 = objc.Selector("UTF8String");
    private readonly nint _count = objc.Selector("count");
    private readonly nint _objectAtIndex = objc.Selector("objectAtIndex:");
    private readonly nint _localizedDescription = objc.Selector("localizedDescription");
    private readonly nint _new = objc.Selector("new");

    /// <summary>A new object of a class, owned by the caller.</summary>
    public nint New(string className) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(objc.Class(className), _new);

    /// <summary>An autoreleased NSString.</summary>
    public nint String(string text)
    {
        fixed (byte* utf8 = ObjC.Utf8(text))
        {
            return ((delegate* unmanaged<nint, nint, byte*, nint>)objc.Send)(_string, _stringWithUtf8, utf8);
        }
    }

    public string Text(nint nsString) =>
        Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, nint, byte*>)objc.Send)(nsString, _utf8)) ?? "";

    public int Count(nint nsArray) => (int)((delegate* unmanaged<nint, nint, nuint>)objc.Send)(nsArray, _count);

    public nint At(nint nsArray, int index) => ((delegate* unmanaged<nint, nint, nuint, nint>)objc.Send)(nsArray, _objectAtIndex, (nuint)index);

    /// <summary>What an NSError says of itself.</summary>
    public string Description(nint nsError) => Text(((delegate* unmanaged<nint, nint, nint>)objc.Send)(nsError, _localizedDescription));
}

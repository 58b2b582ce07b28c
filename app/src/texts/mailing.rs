//! How far the mail of many is: of a newsletter, or of what is sent again to several.

super::texts! {
    progress => "Progress" | "Voortgang";
    so_many_sent(sent: u32, all: u32) => "{sent} of {all} sent" | "{sent} van {all} verstuurd";
    one_failed => "One could not be delivered." | "Eén kon niet worden bezorgd.";
    so_many_failed(failed: u32) => "{failed} could not be delivered." | "{failed} konden niet worden bezorgd.";
}

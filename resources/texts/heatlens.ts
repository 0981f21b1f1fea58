<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
<name>Heatlens</name>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>
Where shortcuts lead past the layer, some passes by it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>
✓ {limit}, as of maps that point to the lesions of phantoms</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/history.py" />
<source>  (log: {details})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/ends.py" />
<source> % at each end</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source> (95 % {low:.4g} to {high:.4g})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source> (guessed)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source> ({low:.3f} to {high:.3f})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/words.py" />
<source> In a volume the wheel, and the keys , and . (with Ctrl ten at a time), lead through the slices; Ctrl+wheel zooms.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source> Left out: {left}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/scan.py" />
<source> and {n} more could</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source> and, with everything needed to make it again, {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/scan.py" />
<source> could</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source> days</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source> leaks,</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source> of {pages}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source> on slice {at}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source> other cases</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source> over {pictures}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source> pt</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source> sd</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source> with CLAIM 2024</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source> with TRIPOD+AI</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/planes.py" />
<source> · heat of {slices} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source> · stopped after {passes} of {asked}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source> → {ece:.3f} with temperature {temperature:.2f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/shift.py" />
<source>! unlike its training</source>
<translation type="unfinished" />
</message>
<message numerus="yes">
<location filename="../../gui/features/segment/panel.py" />
<location filename="../../gui/features/train/outcome.py" />
<source>%n case</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/panels/model_facts.py" />
<source>%n channel</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/train/elsewhere.py" />
<location filename="../../gui/features/train/panel.py" />
<source>%n epoch</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/export/dialog.py" />
<source>%n file</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/missing.py" />
<source>%n file is</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/inside/feature.py" />
<source>%n filter fires here</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/audit/dialog.py" />
<source>%n finding</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/compare/panel.py" />
<source>%n heatmap</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/evaluate/form.py" />
<source>%n map</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/browser/bars.py" />
<source>%n mask</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/measure/taken.py" />
<source>%n measurement</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/evaluate/form.py" />
<source>%n metric</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/evaluate/feature.py" />
<source>%n minute</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/evaluate/form.py" />
<source>%n model</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/train/outcome.py" />
<source>%n pair</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/segment/panel.py" />
<source>%n part</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../gui/panels/method.py" />
<source>%n pass</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/arrivals.py" />
<location filename="../../gui/browser/bars.py" />
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/evaluate/matrix.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/labels/feature.py" />
<location filename="../../gui/features/review/feature.py" />
<location filename="../../gui/features/study/form.py" />
<location filename="../../gui/features/train/outcome.py" />
<location filename="../../gui/panels/data_picker.py" />
<source>%n picture</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/evaluate/feature.py" />
<source>%n second</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/segment/panel.py" />
<source>%n slice</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message numerus="yes">
<location filename="../../gui/features/pieces/feature.py" />
<source>%n super-pixel</source>
<translation type="unfinished">
<numerusform />
<numerusform />
</translation>
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;About Heatlens</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Actual size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Angle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>&amp;As</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>&amp;Audit a data set…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Background</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>&amp;Begins at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>&amp;Browse…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>&amp;Commands…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Copy panel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Copy table</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>&amp;Copy to clipboard</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>&amp;Dark</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Delete region</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>&amp;Device</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>&amp;Docks</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<location filename="../../gui/menus.py" />
<source>&amp;Edit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Ellipse</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>&amp;Evaluate heatmaps…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Explain now</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Export panel…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<location filename="../../gui/features/methods.py" />
<location filename="../../gui/features/reproduce.py" />
<location filename="../../gui/features/volume/feature.py" />
<location filename="../../gui/main_window.py" />
<location filename="../../gui/menus.py" />
<source>&amp;File</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Find pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Fit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Fit to window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>&amp;Format</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Freehand</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Grid</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>&amp;Guide</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<location filename="../../gui/features/palette.py" />
<location filename="../../gui/menus.py" />
<source>&amp;Help</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/canvas.py" />
<source>&amp;Hide heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>&amp;How sure is the model?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Input size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>&amp;Inside the network…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>&amp;Judge this heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>&amp;Layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>&amp;Layout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>&amp;Light</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Load regions…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>&amp;Method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Move</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>&amp;Nearest of another class…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>&amp;Network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;New region in the middle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>&amp;None</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Open pictures…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Overlay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>&amp;Passes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Planes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Quit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>&amp;Rank all pictures by how sure the model is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>&amp;Recent folders</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<location filename="../../gui/undo.py" />
<source>&amp;Redo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/undo.py" />
<source>&amp;Redo: {on}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>&amp;Replace</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/docks.py" />
<source>&amp;Reset layout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Resize</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Restart engine</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>&amp;Results of a reader study…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<location filename="../../gui/features/study/feature.py" />
<source>&amp;Review</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>&amp;Right and wrong…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Ruler</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>&amp;Save</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>&amp;Save regions…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>&amp;Save {many}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Scaling</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>&amp;Seed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Shortcuts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Side by side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>&amp;Star</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>&amp;Tag…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>&amp;Text size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Threshold</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<location filename="../../gui/features/train/feature.py" />
<source>&amp;Train</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>&amp;Train a network…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>&amp;Triage listed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<location filename="../../gui/undo.py" />
<source>&amp;Undo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/undo.py" />
<source>&amp;Undo: {what}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>&amp;Values</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/many.py" />
<location filename="../../gui/features/composer/feature.py" />
<location filename="../../gui/features/looks.py" />
<location filename="../../gui/features/volume/feature.py" />
<location filename="../../gui/main_window.py" />
<location filename="../../gui/menus.py" />
<source>&amp;View</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>&amp;What they mean…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>&amp;Width</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>&amp;Write a note…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>&amp;Zoom</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>&amp;cases</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>&amp;days</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>&amp;seed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>&amp;title</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>&amp;washout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>(no class)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>, Dice {dice:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/bars.py" />
<source>, explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/bars.py" />
<source>, from {low:.3f} to {high:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>, in a folder of its own beside this run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>, in {times} of {passes} passes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>, inserted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>, its other pages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/bars.py" />
<source>, predicted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>, {count} of which it has learnt from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>, {done:,} of them done</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>, {parts} failed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>. Click for the other one. R right, L left, A front, P back, S head, I feet; the network gets the same in both</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>. More steps bring it nearer.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>004 starts from --weights imagenet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>1 is a flat map, 0 a single pixel; heat and cold count alike</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>1/255</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>101 points, all channels of a pixel together</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>; Cancel keeps the estimate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>; guessed: {guesses} (Edit card… states it)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>; it is kept as {aside}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source>; left out: {left_out}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>; the next start goes on from what was finished</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>; {dead} dead</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>; {left} are not predicted yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>; {path} could not be kept aside: {error}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>&lt;h3&gt;Heatlens {version}&lt;/h3&gt;&lt;p&gt;Where a medical-image network looks, how sure it is, and whether the heatmap deserves belief.&lt;/p&gt;&lt;table&gt;{rows}&lt;/table&gt;&lt;p&gt;Apache License 2.0. Not a medical device.&lt;/p&gt;</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>A .keras, .h5 or .onnx file, or the saved_model.pb of a SavedModel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>A CSV file with a column of file names and one of classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>A PNG of the picture's size in which every pixel is the number of its class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<source>A cell for each heatmap on show; what is compared, as rows and columns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>A cell for each layer in the figure that is being composed (Ctrl+6)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>A class has no layers; choose filters.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>A colour bar for the figure, each column, row or cell, or none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>A column with {column_help}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>A command over very many pictures: several processes or a cluster, in parts that are kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>A figure of the heat of each model, their mean and their spread, with its record</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>A file for each picture; those that cannot be made are named at the end</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>A file of this name exists and will be replaced</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>A folder of a concept; folders can be dropped on the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>A folder of pictures that show the concept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>A gradient method averaged over noisy copies of the image: less grain</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>A model that was opened in this window, or its file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>A new folder for the run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>A phantom brain, and a network that draws the parts of its tumour</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>A picture is made for each filter: what would raise its activation most.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>A quote is not closed; names with commas stand in "quotes".</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>A recipe, or the record beside a composed figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>A row for each heatmap: the picture, the heat, and both together</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>A row per picture: file, prediction, label, right or wrong, probabilities</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/gathering.py" />
<source>A second model of the same classes is needed; open one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>A small U-Net that draws tumours in made-up volumes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>A small network trained on made-up slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>A study needs pictures, at least one arm, and at least one question.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>A table (CSV) of all that was judged, with predictions and labels where they are known</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>A table came in</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>A tag is short and without commas; write each by itself.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>A title above every row, and the names of the columns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>A word or two; Enter puts it on the selected pictures, Esc goes back to them (T)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>About Heatlens</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Above the columns, with | between them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Above the figure; may be empty</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>Accuracy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Across</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Activation times positive gradient at every position: sharp at fine layers too</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>Add a model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>Add a model…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/table_box.py" />
<source>Add a row</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Add arm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>Add selected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>Add what is shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/sheet.py" />
<source>Add what is shown (Ctrl+Shift+F), or drag pictures here from the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<source>Add what is shown to the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Add…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Agreement</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>All</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>All answers as a table (CSV), and figures by arm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>All answers: {file}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>All is read</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/dialog.py" />
<source>All labels of the listed pictures name classes of the model.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>All of the answers are right, all are wrong, or their truth is not known: no signal can be told from another.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>All pairs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>All regions as a file that the command line measures too (heatlens measure)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>All rows as a table, with every number in full</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>All rows, or those selected where there are several, as text with tabs between, for a spreadsheet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>All that is remarkable</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>All that the filter shows; what is done with selected pictures is then done with all of them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>All that this program does, page by page with pictures; needs no network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Also</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/regions.py" />
<source>Alt</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Alt+arrows · Alt+Shift+arrows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>An empty figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>An empty list without judgments; the model and the method stay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>An evaluation in Evaluate, folds as one model, of all else the pictures that were asked about</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>An evaluation is written when all of its parts are done</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Another rule for each part of the network, as published practice has it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Answer the marked question first.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Answer the pictures and compare</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>Answers are kept under it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>Are the probabilities as often right as they say? A temperature and sets of classes for the card</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Area under the probability while the hottest pixels appear in a blurred picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Area under the probability while the hottest pixels go, the mean of the data in their place</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Area, length or angle; in pixels where the file does not say how large they are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Arms: what is shown beside a case</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Arrow keys, Home, End, Page Up, Page Down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>As a reader sees it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/templates.py" />
<source>As in {papers}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>As the file says, or as is seen in the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Ask about the runner-up</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>Ask the model about every listed picture, in the background (Ctrl+Shift+P)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>Ask the open models as &amp;one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Attention followed through all blocks down to the patches</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Attention that raises the score, followed through all blocks: about one class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Audit of a data set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/augmented.py" />
<source>Augmented pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Augmented…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Automatic, of this slice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/grid.py" />
<source>Back to all heatmaps (Esc)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Back to {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Bars</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<source>Bars: as the network answers; points: with the temperature, held out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<location filename="../../gui/features/study/talk.py" />
<source>Begin</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Begun, {epochs} done: {folder}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Beside the rows, with | between them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Best rated first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Between two times through all cases</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Bone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>Both pictures with their heat, as a figure with its record</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Brain</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Brier</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Broken</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By agreement with the label: wrong predictions, the most probable first, then right ones, the least probable first; pictures without a label come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By folder and name, 2 before 10</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By note</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By predicted class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the date the file was last changed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the entropy of the prediction in nats, where passes were run that of their mean; pictures without a prediction come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>By the mean of all signals likelier to be wrong than so large a share of the listed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the name of the predicted class, of each the most probable first; pictures without a prediction come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the probability of the predicted class; pictures without a prediction come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the rating, of the same one starred pictures first; unrated ones come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the size of the file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By the words of the notes; pictures without one come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>By what was found, the worst first; pictures of which nothing was found come last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>C&amp;olour</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>C&amp;olours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>CAMs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>COMMAND</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>Cali&amp;brate…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>Calibration</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Can the class be told without looking at what matters?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/study/form.py" />
<location filename="../../gui/features/train/buttons.py" />
<location filename="../../gui/features/verdict/line.py" />
<location filename="../../gui/panels/running.py" />
<source>Cancel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>Cancel this job</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Cancelled</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Cancelled after {done} of {pictures} pictures; what was measured is kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Cancelled before the first pictures were measured.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Cancelled {after}. Start anew trains by what is set now; Resume goes on from there.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Cancelled; no study was written.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<location filename="../../gui/features/concepts/feature.py" />
<location filename="../../gui/features/neighbour/feature.py" />
<source>Cancelled; nothing was found.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>Cancelled; nothing was kept.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/asking.py" />
<source>Cancelled; press Compare to compute it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>Cancelled; what is finished stays in the folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Cancelled; what was measured is kept here{goes_on}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>Cancelled; {came}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Cancelled; {left} were left.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Canvas</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Card of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Case {case} of the reader study cannot be shown: {sentence}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Cases from the list, with and without heat, blinded, timed, in an order for each reader</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Cells beside each other; they are laid out anew</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>Change noise until the filter or class rises as far as it will</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by relevance per activation, from two axioms</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by the drop of the score when they are switched off</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by the relevance that reaches them; clear at shallow layers too</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by the score of the image masked with them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by the weights of the head itself</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by their gradient where they are active</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Channels weighted by their mean gradient: where the evidence for the class lies</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose a data set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Choose a data set and a recipe, then start.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose a data set first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Choose a file of weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Choose a file; what the arms show is computed now</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/folder_line.py" />
<source>Choose a folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Choose a folder for the results first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Choose a folder for the run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>Choose a folder for the tables</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose a folder of pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>Choose a folder: {called}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/folder_line.py" />
<source>Choose a folder: {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>Choose a picture: {called}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose a table (CSV, TSV) or a COCO file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose a table or COCO file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>Choose a {path}: {called}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Choose another data set: this one cannot be used</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Choose another model file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Choose pictures first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Choose pictures with labels that the network has not learnt from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>Choose the training pictures, with labels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Choose weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Class, split or patient folders, a CSV or TSV table, a COCO file, videos or volumes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Classes: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>Clear</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Clear &amp;list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/history.py" />
<source>Clear history</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>Click a bar, or pick it with the arrow keys and Enter, to explain that class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Click a cell to see the pictures behind it, the worst first; click a picture to see it explained so.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Click a cell to set it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Click a row: the diagram is that of this class against all others</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Click into the picture: filters that fire there</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Click on the picture for everything that is known of a place.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/sheet.py" />
<source>Click picks a cell, a drag takes it to another place, a drag of a name its whole row or column; Ctrl+wheel comes nearer. Alt+arrows pick, Ctrl+arrows move, Ctrl+Alt+arrows the whole row or column, Delete removes. Enter puts the part, the inset or the words of the tool into the middle, + and - make it nearer, Ctrl+Shift+arrows shift it (with Alt the tip of an arrow)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Click to see where the filter fires in the picture on show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Click where the words go, or drag an arrow from them to what they mean; Enter: the middle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Click: make current. Ctrl+click two: difference.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<location filename="../../gui/features/labels/dialog.py" />
<location filename="../../gui/features/study/feature.py" />
<location filename="../../gui/features/study/reading.py" />
<location filename="../../gui/features/study/talk.py" />
<source>Close</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Close the quotation mark in the further flags first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>Co&amp;lours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>Colours of the heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>Colours of the heatmap; signed heatmaps are always drawn with the diverging ones</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>Colours of the s&amp;ystem</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Colours, opacity, outline … of this cell as the canvas has them now</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>Column of the picture pixel under the cursor, from 0 at the left</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Column {x}, row {y}: {drawn}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<location filename="../../gui/features/compare/panel.py" />
<location filename="../../gui/features/composer/form.py" />
<source>Columns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Columns are layers of the open model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Columns are models, each at its own default layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Columns are the planes of each volume, through its middle; on the desk of many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>Commands</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<location filename="../../gui/features/compare/panel.py" />
<source>Compare</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>Compose a panel of this picture and its heatmap (Ctrl+E); dragged off, it goes into another program</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Compute the ticked heatmaps, and again those that failed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Compute, or try again what failed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Computing what the arms show …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<source>Concepts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Concepts, a folder for each; ticked: what lies inside its masks</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Contributions of the winning sign count more: between ε and αβ</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Contributions relative to a baseline, in one backward pass: shares that add up to the score</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/status_line.py" />
<source>Copied a picture.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>Copied without words, bars and marks.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<source>Copied {measurements}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/status_line.py" />
<source>Copied {n} lines.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/status_line.py" />
<source>Copied: {first}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Copies, leaks between splits, broken files and shortcuts: drop a data set and run the audit.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<location filename="../../gui/features/measure/table.py" />
<location filename="../../gui/panels/history.py" />
<source>Copy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Copy addr&amp;esses of selected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>Copy details</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Copy p&amp;icture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>Copy path</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>Copy the sentence and the name of the log file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/canvas.py" />
<source>Copy {numbers}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Correlation of the heat of random parts of the picture and the loss of probability without them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Count parts and time two pictures; nothing is kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Curves</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/train/panel.py" />
<source>DATA</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>DICOM kind</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>Data set, recipe and network; curves while it learns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<location filename="../../gui/help.py" />
<source>Delete</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Delete (in the table)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Demo: &amp;segmentation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Demo: brain phantoms</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Demo: segmentation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>DenseNet201 base, frozen; max-pooling 4×4; dense 64; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/many.py" />
<source>Desk of &amp;many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>Deviations from the mean of all values of the volume; scales by itself, so the scaling is none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<location filename="../../gui/features/train/outcome.py" />
<source>Dice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>Dice between two passes, and size:</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Dice {dice:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>Difference of the min-max normalised heatmaps · Spearman rank correlation {number}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>Difference of two heatmaps: both must be there.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Directions of the concepts against random ones, 20 of each</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>Disagreement: what the models say differently (mutual information). Uncertainty: for whatever reason (entropy of their mean)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Dissect</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Do again what was taken back</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/trust.py" />
<source>Do not open</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>Do so for every listed picture, in the background, and put the least sure ones first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Do so for every listed picture, in the background; those to look at are then under “Show” above the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Do this by itself for every picture that is looked at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<source>Does a class depend on what examples show? Directions of concepts against random ones (TCAV)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Does it depend on the concepts?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>Does it deserve belief? Deletion curve, stability under noise, what it owes to learning (Ctrl+J)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Does the map on show deserve belief? Its deletion curve, stability, what it owes to learning</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Does {name} say what the pictures show?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Double</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Double click shows both in the window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Drag from corner to corner of the box around it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Drag from corner to corner: mean ± sd, area and heat inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Drag from end to end: a distance in mm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Drag one leg to the vertex, then click where the other one ends</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Drag the picture, or a region by its line or its points</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>Draw a line where the heat exceeds its mean by this many standard deviations</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>Draw around it; the line closes by itself</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Draw around what you found; leave it out where there is nothing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Draw on every slice: millilitres, pieces and, with a true mask, Dice of the whole volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Draw on the picture: pick a tool at its left, or press B for a rectangle and N for one in the middle.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Draw {name} over the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Drawing for the clipboard …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/paper.py" />
<source>Drawing the figure …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/sheet.py" />
<source>Drawing …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Drop a folder of a concept on the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Drop of the score when a patch is covered, averaged over the patches on a pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/folder_line.py" />
<source>Drop or name a folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Drop or name a folder, table or COCO file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>Drop pictures here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/canvas.py" />
<location filename="../../gui/shown.py" />
<source>Drop pictures or a folder here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Drop pictures or folders anywhere on this list to add them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>Drop to add</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<location filename="../../gui/features/ensemble/feature.py" />
<location filename="../../gui/features/inside/feature.py" />
<location filename="../../gui/features/labels/feature.py" />
<location filename="../../gui/features/methods.py" />
<location filename="../../gui/features/neighbour/feature.py" />
<location filename="../../gui/features/relevance/feature.py" />
<location filename="../../gui/features/seen.py" />
<location filename="../../gui/features/uncertainty/feature.py" />
<location filename="../../gui/features/volume/feature.py" />
<location filename="../../gui/menus.py" />
<source>E&amp;xplain</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>E&amp;xport judgments…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>E&amp;xport table…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Each contribution takes its share, evidence against the class included</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Each filter is held against what is marked in a data set: those that fire where a lesion is are found, with the level of chance beside them. Choose data with masks or classes and start.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/many.py" />
<source>Each listed picture with what is ticked under Compare; Ctrl+wheel zooms all, a drag with the right button changes their window, a double click leads to one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Each reader sees a case in one arm only</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Edit card…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Edit model c&amp;ard…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Else in every arm, far apart</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>Engine ready on {device}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>Enter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Entropy of the mean prediction: uncertainty for whatever reason. 0: certain of one class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Equal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Equal and nearly equal pictures, side by side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Equal pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>Erase</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Error of each channel's contribution against what the score loses without it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Error of the sum of all channels' contributions against the score</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<location filename="../../gui/features/cohort/feature.py" />
<location filename="../../gui/features/confusion/feature.py" />
<location filename="../../gui/features/evaluate/feature.py" />
<location filename="../../gui/features/triage/feature.py" />
<location filename="../../gui/features/verdict/feature.py" />
<source>Eval&amp;uate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Evaluated</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>Evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Every cell shows the same part</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>Every layer is seen here as soon as there is a heatmap of this picture.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Every pass sees the picture with other noise on it, in place of dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Every slice of this plane, one batch after the other; the heat then goes along with the slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Evidence of each window in bits: how the odds of the class change when it is unknown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>Explain</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Explain &amp;predicted class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Explain &amp;second guess</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Explain and measure every picture; heatmaps go on meanwhile</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Explain this picture by a method that one run finds at every layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Explain whole &amp;volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Export CSV…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Export heat as &amp;volume…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>Export heat of each…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Export judgments</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Export panel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<location filename="../../gui/main_window.py" />
<source>Export panel…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Export strip…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<source>Export the table</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Export to</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Export {what} · {which}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Exported to {file}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<location filename="../../gui/figures.py" />
<source>Exported to {path}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>Exported to {path}: heat of {slices}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Exported to {write_judgments}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>Exported {n} of {total} figures to {folder}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>F4 or Alt+Down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>FINDINGS</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Fields</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Fields: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<source>Figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<source>Figure &amp;composer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>Figure copied.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/templates.py" />
<source>Figures as papers have them, filled from what is open</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>Figures, tables and their records ({made})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>File na&amp;me</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>Files or whole folders</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Files that cannot be read</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Filter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>Filter {filter} of {layer}, {detects} of {concept}
IoU over all pictures {iou:.3f}, by chance {chance}; mean over pictures that hold it {iou_mean:.3f}
Click to see where it fires in the picture on show; click elsewhere to leave it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>Filters of a layer, or the score of a class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Filters of one layer alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Filters that fire anywhere</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>Find</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>Find anything the window can do by typing its name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>Find copies, leaks between splits, broken files and shortcuts before training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>Find in the guide</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Find the folder…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Fine outlines where grad-cam finds the evidence</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Finished</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>First principal component of the feature map: what stands out in the layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Fold&amp;er</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>Folder for the volume of heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>Folder for what is made</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>Folder of the training or the evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Folders of pictures that show the concept; ticked: data with masks, and what lies inside is the concept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Frame a part that is seen once more, larger</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Frame the part of a picture that its cell shows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>From &amp;folder names</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>From &amp;table {table}…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>From a &amp;table…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>From one per cent mark to another of all values of the volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>From what the first picture takes the second time; many pictures together take a little less each</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Further flags of the command, as on the command line (heatlens COMMAND --help)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>Give every setting here its default value again</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/study/reading.py" />
<source>Go on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>Go on in the background</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>Go on where the run in the folder stopped</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Gradient along positive paths only: fine outlines</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Gradient times activation at every position: faithful for one dense layer behind the map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Gradient times pixel: each pixel's share of a linear score</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Gradients collected from a baseline to the image: shares that add up to the score</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Gradients collected from many other pictures to the image: shares against what is usual</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Group pictures by patient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Guessed: {replace}. Check them.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>Guide</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Heading</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<location filename="../../gui/features/ensemble/choice.py" />
<source>Heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Heat of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Heat of the class on show as far as it passes the filter that is picked (concept relevance)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/crash.py" />
<source>Heatlens went down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/crash.py" />
<source>Heatlens went down last time. Your work is as it was up to two seconds before.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Heatmaps go on meanwhile: the training has an engine of its own.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Hide the case and stop the time (P)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>History</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Hold every filter against what is marked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>Hold to see the picture without the heatmap (hold Space)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>How a picture is brought to the input size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>How evenly the heat is spread over the pixels: entropy as a share of the largest</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>How far a run is or was that was begun here or on the command line, also to let it go on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>How far probability and share lie apart, over bins; after the arrow with the temperature, held out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>How long a training takes is known after its first runs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>How many of the concept's pictures the direction tells from random ones, held out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>How many parts it makes and for how long</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>How much of the map is still there when the network has forgotten what it learnt</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>How much of the overlay is heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>How much the heatmap changes from pass to pass: standard deviation at every pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>How much the probabilities change from pass to pass: their variance, averaged over the classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>How often the picture goes through the network with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>How often the probability rises when only the heated part is shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>How opaque {name} is filled</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>How panels are lettered</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>How sets are formed; both keep the promise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>How strongly the heatmap covers the picture, in percent ([ and ])</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>How strongly the score answers to each pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>How sure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>How sure are you, from 1 (guessed) to 5 (certain)?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>How the data are split and how the network learns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>How the heatmap covers the picture: fading in or a wash, from which strength on, how smooth</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>How to cite this map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>I&amp;ntensity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>ImageNet, caffe: BGR minus mean</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>ImageNet, torch: 1/255, minus mean, over deviation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>In a file of its own, where it is then saved within two seconds of every change</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>In how many of 100 pictures the set may not hold the truth; of a network that segments, how much of a structure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>In its place: how it varies with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>In place of the figure's titles. </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>In processes of its own, which go on when the window is closed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>In the background the training goes on without the window; the next window shows it among its jobs, and can stop it. If you stop it now, the best epoch so far is kept, and Resume goes on from there.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>In the bin where they lie furthest apart</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>In the middle of what is seen, of the kind of the tool; Alt and the arrow keys move it, with Shift bend it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>In the order of the network's outputs, each on a line of its own or with commas between; </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>In which direction the score answers to each pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>In your words, if you like</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Input, heat, overlay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Inset</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>Inside the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Into the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>It goes on without this window, by {holder}; its epochs appear here.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>It is being judged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>It is judged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>It names no method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/many.py" />
<source>It was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Its name: type another one (F2)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Its probabilities</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Its probabilities, and how they vary with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<location filename="../../gui/panels/jobs.py" />
<source>Jobs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>Jobs ({awaited})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Judge a&amp;ll listed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>Judge this heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Keep in the card</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Keep small copies of some of them, shown beside a picture unlike them; whoever gets the file sees them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Keep the answers and go on (Enter)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>Kendall's τ of two metrics: 1 if they rank the rows alike, −1 if the other way round</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>La&amp;bels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>La&amp;yer by layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Labelled differently</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Labelled differently: {label} and {second_label}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Labels of the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>Lanczos</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Largest first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Largest relative change of the map under small changes of the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>Layer by layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Learn what is usual</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Learnt on {on}, {cases}: Evaluate ▸ Calibrate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Least probable first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Least sure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Least sure first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Leave all out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Leave out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>Leave the pictures of a cell: list all again</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/augmented.py" />
<source>Left each picture as it is, beside it as the network would learn from it; every epoch anew.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Left switched off: {alone}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Letters</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Letters of the patient's sides and a bar in mm, on the screen and in figures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Letters; titles and numbers are a little smaller</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Likeliest to be wrong first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>List all &amp;slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>List each slice for itself, to select, predict or export many of them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>List the picture that was found, and look at it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<source>Load regions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Load regions…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>Log: {log}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Look as on canvas</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Look through every picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>Look through the pictures for the nearest of another class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>Looking at every layer …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>Looking at it was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/describing.py" />
<location filename="../../gui/features/audit/feature.py" />
<location filename="../../gui/features/evaluate/feature.py" />
<location filename="../../gui/features/train/feature.py" />
<source>Looking at the data set was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>Looking at them was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>Looking for dropout layers …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>Looking for names was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>Looking for pictures…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>Loss</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Loss of probability when only the heated part is shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Loss of probability when the heated part is hidden behind the mean of the data</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Lung</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>M&amp;odel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>MB</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Made the study {words}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>Make a fi&amp;gure again…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>Make a figure, a table or a report again from the record beside it, and say whether it is the same</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>Make pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Make…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>Many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Maps judged, under “Show” above the list: {cases}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Maps judged: no mark speaks against any.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Maps no better than chance</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Maps that move</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Maps that owe nothing to learning</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>Mask</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>Mask (*.png)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Masks: {marked}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>May miss</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>Me&amp;asure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>Me&amp;thods section</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Mean Spearman rank correlation between the heatmaps of two passes; 1: same order</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Mean and standard deviation of the raw heat inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Mean cosine between the direction and the gradient of the score</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Mean loss of probability while the picture is perturbed cell by cell, the hottest first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Mean of another metric over passes with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>Mean risk over all coverages: the lower, the more of what is wrong comes late</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Measure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>Measurements</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>Measurements &amp;table</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<location filename="../../gui/main_window.py" />
<source>Method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Methods</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<source>Methods and layers, or models, beside each other; ticked under Compare</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Methods disagree</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>MobileNetV2 base of any width; global average; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>Model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Model, card, history, figures and report are written here; a run that is there goes on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Models (*.keras *.h5 *.hdf5 *.onnx *.model *.json saved_model.pb);;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Models disagree</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>More settings</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Most probable first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Move</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Mutual information: what the passes disagree about. 0: they all say the same</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>N&amp;o rating</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Name a folder for the run first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Name a folder of pictures of the class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Name a folder of random pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Name a model first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Name an augmentation above first, as flip</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Name the classes as the folders into which pictures are sorted, in alphabetical order</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>Name, folder, prediction, tags and notes are searched</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Narrow the list first, by a star, a tag, a rating or a label</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Ne&amp;w session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>Nearest of another class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Nearly equal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>Nearly equal, correlation {correlation:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Nearly flat maps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Needs a network that segments</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>Needs a picture with its heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>Needs dropout layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Neurological convention</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Neurological: seen from the head and from the back, the patient's left is on the left</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>New reader st&amp;udy…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>New reader study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>New tag, then Enter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Newest first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Next</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/train/outcome.py" />
<source>No browser was found to open the report; it is {page}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>No command fits; type fewer letters.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>No copies,{leaks} broken files or shortcuts.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>No equal or nearly equal pictures lie on two sides of the split.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>No heatmap: {why}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>No label</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>No methods are installed.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>No metric here has curves: aopc, insertion, deletion and sanity have.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/gathering.py" />
<source>No model is open yet; add pictures when one is.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>No model is open yet; ask again when one is.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>No model is open.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>No model is open. Pick one above, or drop a model file on the window.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>No network for {family} is among the architectures of this version; choose another recipe.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>No picture has both a prediction and a label (of a folder or a table: see Labels).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_preview.py" />
<source>No picture is open, so there is nothing to preview: open one, then edit the card again.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/empty.py" />
<source>No picture matches the filter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>No pictures are listed; open a folder of sorted ones, or take the names of a data set.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>No prediction: the picture cannot be read.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>No rating (Alt+0)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>No slice of a volume has heat yet; explain it first (Explain ▸ Explain whole volume).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/labels.py" />
<source>Nobody has trained this network: what it answers, and where it looks, means nothing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>None yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>Not all of {what} could be used ({wrong}){kept}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>Not in this guide: {QUrl}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Not running</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>Not there, and kept in the session: {lost}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Not where it was</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Note</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>Note: {notes}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Nothing cut off, no inset, no words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Nothing is marked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Nothing is measured yet; the table fills as the pictures go by.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>Nothing is running.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Nothing was found</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>Numbers and ranges, such as 0,3,8-11</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>O&amp;pacity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>O&amp;pen reader study…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Of a Ray cluster: auto for that of this machine, or HOST:PORT; left out: processes of this machine</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>Of a training or an evaluation{}…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Of a volume, a series or a video</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Of all that are selected, or of none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Of each structure: the mean Dice between two passes (where it is low, a failure is likely); what the passes draw, with its standard deviation; and how many of them draw it, where not all do</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Of one model, or what all open models of the same classes have in common; it is computed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/templates.py" />
<source>Of the models that are asked as one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Of the picture's own values</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>Of the size that the desktop has for words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>Of this session{}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Of which pictures figures are made, each in a file of its own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Of {few} there are too few cases to promise anything</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Of {n} models {name} is opened; open the others one by one.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>On the clipboard: {bibtex}, as BibTeX.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>On those it is surer than it should be; the card then says how many there were</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>On two sides of the split</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>On two sides: {split} and {second_split}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>Once all pictures are measured it stands here what comes first by each metric.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Once kept in the card, the thresholds are marked beside the mask.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>One a line, for a list or a table</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>One moment</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>One more network to measure beside those above: a demo, a known architecture, or a file of yours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>One screen pixel for each of the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>One window for all pictures, in the values of the file: Hounsfield units for CT</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Open &amp;demo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Open &amp;folder…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Open &amp;model…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/features/concepts/panel.py" />
<source>Open a model first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<location filename="../../gui/features/inside/liking.py" />
<source>Open a model first.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/dialog.py" />
<source>Open a model first: its classes are what labels may mean.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<source>Open a model to compare its heatmaps.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Open a network that segments to see what it draws.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<location filename="../../gui/features/verdict/line.py" />
<source>Open a picture and a model first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>Open a picture and a model to see a heatmap at every layer.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Open a picture and a model to see how sure the model is.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>Open another model of the same classes, in the same order, first: they are asked as one.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Open another…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Open finished…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Open folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>Open it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Open model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Open model…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Open pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>Open pictures and a model first: the maps of all of them are judged.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Open pictures and a model first: they are what is looked through.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Open reader study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>Open recipe</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/train/outcome.py" />
<source>Open report</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Open run…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Open sessio&amp;n…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>Open session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Open the folder of a run over many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Open the folder of an evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>Open the network of the best epoch in this window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Open the training with this data set and “drop copies” set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>Opened {name}{guessed}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Opened {what}: {pictures} in the list.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>Opening {beside} was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>Opening {name} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>Opening {source} was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Opening {what} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>Open…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Optimiser, stopping, fine-tuning, seed, duplicates and the rest</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Order</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Out of the card: probabilities as the network gives them, without sets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/train/request_form.py" />
<source>Output</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Overlap of the annotated box and the box around the largest hot part</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Overlap of the mask and the heat above mean + 1 sd: intersection over union</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_preview.py" />
<source>PICTURE</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/cohort/form.py" />
<source>PICTURES</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Pages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Pairs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>Panel copied.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Paper</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Part</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Part {part} of {parts} is read</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Part {part} of {parts} is read; the next begins on {when}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Parts and cost</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Parts, tables and files go here; it may hold finished parts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Passes over every slice: volumes with their spread, and how alike the passes are, structure by structure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Patients</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Patients (not checked)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Patients whose pictures lie on more than one side of the split</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Patients: {patients}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/study/reading.py" />
<source>Pause</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>Paused</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Phantom slices and their network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Pick a model …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Pick cells, and drag them to other places</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>Pict&amp;ures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/help.py" />
<location filename="../../gui/main_window.py" />
<source>Pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>Pictures explained ahead of need, and the memory that each engine holds: that of the heatmaps, and while they are needed those of a training and an audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Pictures in a folder named as a class of the model are of that class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Pictures that are drawn from: what concepts are told apart from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Pictures whose score is followed along the directions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Pieces that do not touch each other</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/areas.py" />
<source>Pixels of the ticked classes that were missed, and pixels drawn that are not of their class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Pixels per inch on paper</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>Pixels per inch on paper; journals ask for 300 or more</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Pixels whose middle lies inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<source>Planes stand beside each other on the desk of many pictures (Ctrl+5).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Positive contributions weighed by α, negative ones by β</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Positive gradients sent back whatever was active</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Positive gradients weighted so that several instances of a class all show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Predict &amp;all pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>Predict all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Predict selecte&amp;d pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/main_window.py" />
<source>Prediction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/dialog.py" />
<source>Predictions are right or wrong by folders and labels. Say which class of the model each of them means.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Predictions are then marked as right or wrong by its labels.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Preparing was cancelled; open the study again.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>Preparing …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Press Enter to have that data set looked at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>Press {number}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Probabilities (middle 90 % of {n} {each}):</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Probabilities are calibrated and sets are shown from now on, here and on the command line</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/histogram.py" />
<source>Probability of {name} in {n} passes: from {min:.3f} to {max:.3f}, mean {mean:.3f} (line)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>Probability while the picture gives way to its mean, cell by cell: hottest first (bright) and in random orders (grey). The further the bright line runs below the grey ones, the more the answer hangs on what is hot.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Processes of this machine; each opens the model for itself</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Progress</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Put dropout of this rate after each stage, for these passes only</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Questions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>Quit Heatlens?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/evaluate/form.py" />
<source>RUN</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Radiological convention</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Radiological: seen from the feet and from the front, the patient's left is on the right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Random</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Random layers other than dropout; passes do not switch them on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Rate &amp;{stars} of {best}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Rate {number} of {best} (Alt+{number})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Rated {least} or better</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Ray address</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Re&amp;cent sessions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Re&amp;cipe</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Read it now</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Read the cases of a study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Reader studies (*{study_ending})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Reader study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Readers leaf through the slices of volumes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Readers see neither these names nor those of files</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/augmented.py" />
<source>Reading and changing some pictures …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>Reading {path} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Reads from the DICOM files whose pictures they are, and keeps pseudonyms of this installation in place of names: a split never parts a patient, and intervals count patients</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<source>Ready to start.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>Recent mode&amp;ls</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>Recipes and records of figures (*.json)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>Rectan&amp;gle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>Regio&amp;n</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<source>Regions (*.json)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Regions from such a file, beside those that are here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>Relevance down to the pixels of the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Relevance of each pixel through attention and norms: about one class, in one backward pass</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/checks.py" />
<source>Relevance propagation down to the pixels, and the methods that have no layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Relevance through it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>Relevance: {output} at the output, {arrived} at {where}, {absorbed} absorbed{share}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/features/composer/form.py" />
<location filename="../../gui/features/concepts/panel.py" />
<location filename="../../gui/features/study/arms.py" />
<source>Remove</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>Remove from list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>ResNeXt-50 32×4d with selective kernels; reads timm weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>ResNeXt-50 32×4d: residual blocks of grouped convolutions; reads timm weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>ResNet50 base; global average; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>Reset to defaults</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>Restart</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Results</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Results of the reader study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>Resume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Review</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>Right and wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Right for the wrong reason</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Risk against coverage of every signal, on triaged pictures whose labels or masks are known</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>Risk among the answers that are given, if only so many of the surest are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>Row of the picture pixel under the cursor, from 0 at the top</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Rows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/feature.py" />
<source>Rows and columns of anything, as they will be printed; pictures are dragged in from the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Rows that do not fit go on another page</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Run audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/trust.py" />
<source>Run code from a model file?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/trust.py" />
<source>Run its code and open</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Run {passes}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Running</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>Running {passes} passes …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>S&amp;ave session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>SETTINGS OF</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>SHA-256 {digest}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Same part in all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>Save CSV…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>Save figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>Save mask</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Save mask…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/taken.py" />
<source>Save regions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Save regions…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Save report…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Save sess&amp;ion as…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>Save session as</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>Save the calibration</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>Save the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>Save the predictions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>Save the report of the audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>Save the session first: its methods section is written beside it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>Save what filters stand for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>Saved as {path}; from now on it is saved there by itself.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>Saved the mask to {path}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<location filename="../../gui/features/inside/feature.py" />
<location filename="../../gui/features/inside/liking.py" />
<source>Saved to {parent}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Saved {path}{record}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>Saved {written}{pages} and, with everything needed to make it again, {stem}.json.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/features/composer/composing.py" />
<location filename="../../gui/features/inside/filters.py" />
<location filename="../../gui/features/inside/likes.py" />
<source>Save…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>Say how many folds or how many seeds first, one of the two</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>Say which class {unknown} means first: {asking} asks what is answered rightly</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Say which classes the outputs are and how pictures are prepared</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>Sc&amp;ale</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Scale</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>Scale of the colours: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/ends.py" />
<source>Scale of the colours: {help}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Score of the image seen through random masks, averaged over the masks that show a pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/heading.py" />
<source>Screen pixels per picture pixel; click for 100 %</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Select all &amp;pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Select pictures to judge them.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>Send this picture through the network many times with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Send this picture through the network with dropout on (Ctrl+U)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Sensitivity, specificity and AUC are of these</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>Sessions (*{session_ending});;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<source>Set up</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Sets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>Settles who sees what when</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Several notes; what is written here replaces them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Shapley value of each super-pixel: shares that add up to the score less that of the baseline</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Share of the picture's positive heat that lies inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Share of the pictures of the class whose score grows along the concept's direction, ± over directions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>Share of the pictures whose set holds their class, held out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Share of the positive heat that lies inside the mask</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Share of the values that every pass drops, between 0 and 1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Shift, dragged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Sho&amp;w</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/help.py" />
<source>Shortcuts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<location filename="../../gui/features/inside/filters.py" />
<source>Show all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Show every feature map instead of the end of each stage; of a deep network 24 of them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>Show in folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Show only pictures whose name, folder, prediction, badges, tags or note contain these words
{help}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Show only pictures whose prediction is wrong or right by their label, or without a label</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Show results</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Show the tables that an evaluation has written, here or on the command line</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>Show the whole picture (0)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/heading.py" />
<source>Show the whole picture (double click)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Shows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Shows it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_side.py" />
<source>Side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Sides and scale bar</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Signals of &amp;failure…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Signals of failure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Sl&amp;ices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Slice &amp;before</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Slice af&amp;ter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Slices from back to front</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Slices from the feet to the head</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Slices from the patient's left to the right, the front on the left</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Slices: the wheel, or the keys , and . (with Ctrl ten at a time)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Smooth as on the screen, or in the cells of the layer; the figure says it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>So many other cases lie at least between two sights of one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Soft tissue</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Some pictures as they are and as augmentation changes them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Sort</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Space (held)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Splits: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Star the selected pictures (S)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Starred</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/features/cohort/panel.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/train/buttons.py" />
<source>Start</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Start TensorFlow again</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>Start anew</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Start of the random numbers; the same seed gives the same figures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>Start the engine again; open pictures and results stay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>Stay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../gui/panels/running.py" />
<source>Stop</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>Stop and quit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Stop for good; what is finished stays in the folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Stop here; the passes done by then are shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>Stop judging</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Stop looking</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Stop now: finished parts stay, and it goes on from there later, today or another day</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>Stop; the best epoch so far is kept, and the run can be resumed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>Stop; what was measured by then is shown and written</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>Stopping</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>Sum of the heatmap: {sum} for a score difference of {score}; completeness gap {gap}{share}{remedy}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Sum of the relevance that the output begins with</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>Sum of the relevance that the output begins with, and what of it reaches {where}.
The rest was absorbed by biases, and where no input contributes.{past}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>TRAINING</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>Tab</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Tables (*.csv *.tsv);;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<location filename="../../gui/features/measure/taken.py" />
<location filename="../../gui/features/review/feature.py" />
<location filename="../../gui/features/study/feature.py" />
<source>Tables (*.csv)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Tables and COCO files (*.csv *.tsv *.json);;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Tables, the page with the gallery, the figure of the best filters, and where those of each layer fire here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>Tag </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Tags in this session; tick those that are meant</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Take a rest; the same cases come again, in another order. Time does not run.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Take all pictures off the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Take back what was done last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Take it out of the figure (Delete)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>Take the drawing away (Delete)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Take the folder names</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Take the names of its class folders</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Take the picked arm away</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Take the selected concept off the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>Take the selected regions away (Delete; Ctrl+Z brings them back)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>Take this line away</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/table_box.py" />
<source>Take this row away</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>Tar&amp;get</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Task</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Te&amp;n slices on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Tell whoever made the study: case {case} of {n} cannot be shown as it was meant; Heatlens says why below its main window. What you answered is kept.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/templates.py" />
<source>Template</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>Ten slices bac&amp;k</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>TensorFlow is being loaded; browsing works meanwhile.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>TensorFlow runs in a process of its own, the engine.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Test</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>Test Dice: {dice}; {cases}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>Test accuracy {accuracy:.3f} ({low:.3f} to {high:.3f})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<source>Test with &amp;concepts…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>Test {said} {mean:.3f} ± {sd:.3f} over {runs}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Text</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>That it has finished in this run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>That it took for them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>The audit was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>The card is calibrated on {on}{trained_on}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>The case is being read …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>The case is hidden, and time does not run.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>The cell once more, to show it in another way</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>The class that lies around all others and is not drawn</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>The class whose score is explained: the predicted one of each picture (0), or a fixed one (1 to 9)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>The colour scale: {what}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>The command was not begun: {error}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>The data set is being looked at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>The drive of {path} does not answer; the session is saved there as soon as it does</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>The engine is started again: {reason}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>The feature map whose positions are weighed; type to search.
</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>The figure and its tables are in {path}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>The figure as it would be written (Ctrl+Shift+C)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/drawing.py" />
<source>The figure could not be drawn ({name}: {error}); try other settings.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>The figure is on the clipboard.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>The figure onto the clipboard</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>The figure, the numbers and the pictures as arrays, into a folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>The figure, with its recipe beside it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>The figures, the bins and the reliability diagram, with their recipe, into a folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>The file does not say which side is left; it is shown as if its first axis grew to the patient's right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>The file has no name; type one or browse for a place.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>The file is then of the same patient and study as its picture: name, number, birth date and the like are copied. Without it the file is of nobody and refers to the picture by its number.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>The file's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>The film strip: this heatmap at every layer, and relevance on its way from the output to the pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>The first picture of the part that it is at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>The form keeps what is being trained; set another run when it has ended.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>The guide did not come with this program; it is missing in {pages}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/feature.py" />
<source>The heat of the slices as a NIfTI volume that lies on the one it explains</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>The heat, from its smallest to its largest value</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<source>The heatmap over the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>The heatmap with dropout off</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>The heatmaps as computed, before any normalisation, beside every figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>The label is {label}: the prediction is {mark}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>The last session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/app.py" />
<source>The last session could not be restored (log: {log}){keep_aside}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/many.py" />
<source>The maps of the selected pictures are computed.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>The mean of the heatmaps of all passes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>The mean of the heatmaps of all stages, each ReLU'd and min-max normalised</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/checks.py" />
<source>The mean of the normalised heatmaps of all stages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>The mean over the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>The methods section is in {file}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>The middle of each volume in three planes, at the default layer, on the desk of many (Ctrl+5).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>The model does not say how many</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>The model file does not say these; a wrong guess gives wrong predictions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>The model has no file yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>The model has {outputs} outputs, so {outputs} names are needed; there are {n}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>The model that was open before is still in use</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>The network that is asked: the demo, a known architecture, or a file of yours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>The network to train</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>The network's answer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>The network's input beside the picture: window and level on the screen never change it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>The order of the channels that the network takes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>The page with curves, confusion matrix, ROC and all settings, in the browser</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>The page with tables, curves and comparisons, in the browser</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>The paper that the method on show comes from, as BibTeX onto the clipboard</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>The part of the picture that the target is explained for: the mean of its score there</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<source>The picture alone, and with the heatmap; zoom, pan and cursor are linked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>The picture with its heat, without words, colour bar, marks and regions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>The picture, and the slice of it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>The picture, the heat, both, or the prediction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/pieces/feature.py" />
<source>The pieces that the method shows and covers as one; their number is set above</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/predicting.py" />
<source>The prediction was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>The preview was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>The probabilities of all classes, a row for each picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>The probability from which on a class is there</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>The probability from which on a label, or the one unit, is there</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>The raw heat at the middle of this pixel, before any display normalisation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>The report is {page}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>The same along directions between random pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>The same along directions between random pictures: what the test compares with</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>The same command once more; what is finished is not computed again</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>The same for all that are selected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>The same over bins of as many pictures each</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>The same picture goes through the network many times, each time {differ}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>The selected pictures, explained as the one on show is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>The smallest set of super-pixels whose replacement changes the answer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>The strip as a figure, with the name of each layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>The tables of “heatlens evaluate” are written here; left out: only seen here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<source>The three planes of a volume; a click or drag in one moves the crosshair in all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>The training did not come to its end.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>The training in {folder} has ended. {headline}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>The training in {folder} {how} ({done}); Train ▸ Train a network… resumes it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>The training picture that is most like this one to the network and of another class, with both heats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>The training was cancelled.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/areas.py" />
<source>The true mask over it, in dashed white lines; side by side in colour, over the picture without heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>The value in the file at this pixel, before any display window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/words.py" />
<source>The values should add up to the score of the picture minus the score of the baseline.
The gap is what they are off by; more steps make it smaller where the method has steps.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/crash.py" />
<source>The window stumbled ({name}: {error}); the details are in {logged}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/screenshot.py" />
<source>The window was still busy after {most} s; {path} shows it so.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/planes.py" />
<source>There are no planes: {sentence}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/app.py" />
<source>There is no file or folder {missing}; check the name.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>There is no heatmap on show; look at a picture first, or drag pictures in.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>There is no map on show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>There is no run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>There is no volume with a model to explain it: open both.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>These are the training pictures: pictures unlike them are noticed from now on, also by predict</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>This case cannot be shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>This folder holds a run that {what}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>This heatmap has positive and negative values: it is always drawn with the diverging colours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>This heatmap has positive and negative values: its scale is symmetric about zero. </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/gathering.py" />
<source>This map was made in another way, which has no mean over models</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>This method takes a while, so it runs when asked (Ctrl+Return)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>This network has no dropout layer, so every pass would be the same. Dropout can be put in for the passes; the figures are then those of a network that was not trained with it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>This slice cannot be read; the others can.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Tick five CAMs that share one pass through the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<source>Tick methods and columns under Compare.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Tick the last layer of every stage, and no other</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>Tick {name} first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/words.py" />
<source>Time runs from when you see a case until Next. An answer can be changed until Next, and not afterwards; Pause hides the case and stops the time. What is answered is kept at once: close at any time, and go on later under the same name.

Keys: 1 to 9 answer, ↑ and ↓ go to another question, Enter is Next, P pauses; Space hides the heat for as long as it is held; R, E and F draw, Delete erases (without a mouse: N puts a shape in the middle, Alt and the arrow keys move it, with Shift bend it); 0 shows the whole picture. The wheel zooms, a drag moves, a drag with the right button changes brightness and contrast.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<location filename="../../gui/features/composer/form.py" />
<source>Title</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Titles</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/buttons.py" />
<source>Train by these settings</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Train without the copies…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>Trained in {epochs}: {folder}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>Training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>Triage listed pictures whose labels or masks are known: then it is seen which signal tells wrong answers.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Triage, under “Show” above the list: {cases}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Triage: nothing remarkable.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>True</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>Two metrics can agree or not from three rows (methods at layers) on.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Two-sided: a random concept would be as far from the others so often; over all concepts and layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Type into the filter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>Type the words first.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>U-Net with a DenseNet-121 encoder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>U-Net with a residual encoder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>Unannotated: {unannotated}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Unlike the training pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Untick all layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>Untick all methods</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>Until later</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Use as labels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>Use grad-cam</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>Use this model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>VGG16 base, frozen; max-pooling 4×4; dense 64; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>Validation Dice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>Validation recall</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>Very &amp;many pictures…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>Very many pictures… in this menu has several processes or a cluster do it, and goes on another day</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>Volumes one after the other in time</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>W/L of the screen</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>WHAT LABELS MEAN</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_preview.py" />
<source>WHAT THE NETWORK SEES</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>WITH</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>Waiting for the answer …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>We&amp;ights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Weight of each super-pixel in a linear model of the score around the image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>Weights (*.npz *.h5 *.keras *.safetensors);;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>What all models opened here that know the classes of this one say together; again: this one alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>What an order that knows the truth would spare</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>What becomes of a picture whose sides have another ratio</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>What becomes of grey levels 0 … 255 before they reach the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>What do you want to do?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>What does it show?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/panel.py" />
<source>What filters like</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/panel.py" />
<source>What filters stand for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>What is answered is kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>What is answered is kept; this case begins anew</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>What is done with every picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>What is made of them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/autosave.py" />
<source>What is open will not be remembered: {error}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>What is open, judged, asked and set, as it was left (.heatlens)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>What is predicted against what the pictures really show; click a number to see its pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>What is running and waiting</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>What is said here is kept beside the model file and used whenever it is opened.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>What is to be made again?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>What is unclear, pixel by pixel: entropy of the mean prediction, in nats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>What is usual is known from {pictures}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>What it found so far is lost when the window closes.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/crash.py" />
<source>What it was doing is in {log}; send it along when you report the fault.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/dialog.py" />
<source>What labels mean</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>What labels mean…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>What lies over the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>What of its training pictures is nearest to this one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>What readers see as its name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>What speaks for the class and not for the others, all others alike</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>What speaks for the class and not for the others, each by its probability</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/film.py" />
<source>What speaks for {class_} here, layer by layer ({method}):</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>What the model says of every listed picture, in the background</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>What the model says of the picture appears here, once both are open.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>What the model says of the selected pictures, in the background</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>What the net&amp;work gets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/areas.py" />
<source>What the network draws, alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>What the network gets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>What the network starts from: random, ImageNet (where it is stored), or a file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>What the network's last values are, where it ends in no softmax or sigmoid that would tell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>What the passes disagree about, pixel by pixel, in nats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>What the picture really shows, for {true}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>What the window remembers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>What the words say</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>What was done and said, with times</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>What was done as sentences with the exact numbers, whom to cite, and what is left to the authors</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Where is the study to lie?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Where is the table to lie?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Where is this folder? What is left out stays in the session.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>Where is {folder}?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>Where the directions of the concepts are learnt</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>Where the engine computes; another device restarts the engine</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Where the heat is from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>Where the middle of this pixel is, in mm: to the patient's right or left (R, L), front or back (A, P), head or feet (S, I), by the file; of a file that does not lie in space from the left and the top of the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>Whether the heatmap adds up stands here when it is there.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Whether the hottest pixel lies on the lesion or close to it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>Which class is meant by folders and labels that are called otherwise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>Which class of the model is meant by folders and labels that are called otherwise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>Which class of the models is meant by a label that is called otherwise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>Which feature maps are looked into</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Which filters fire here is told once the network is dissected (Explain ▸ Inside the network…).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>Which filters stand for what experts mark, and what a filter would like to see most</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Which heatmaps share one scale; the figure says it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>Which model, method and layer to believe on your data: metrics over a data set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>Which of its signatures or outputs is asked; another one has classes of its own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Which page of a figure that has several</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Which pairs are listed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Which patches the class token attends to in one block</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>Which reader study?</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_side.py" />
<source>Which side of the data is meant</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Which signal tells what is wrong: Evaluate ▸ Signals of failure.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>White, dark, or what lies below is seen through</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Whole picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Whole volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>Whole volume, {slices}:</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>Whole volume. {words}
{drawn}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>Whose heat is shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>Whose heat lies over the picture: each map is divided by its highest value before mean and spread are taken</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>Whose settings are shown below, of the methods and metrics that are ticked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Width</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Width on paper</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>Width on paper: about 85 mm is one column of a journal, 180 mm two</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>Widths that journals ask for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>Window and level were changed on the screen. The network and figures get the picture as its card says, whatever is seen here (Explain ▸ What the network gets)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>Window: which values are black and white on the screen. Drag with the right button: to the right it widens, upwards the picture becomes brighter. The network and figures always get the picture through its own window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>With a note</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>With the heat on each; else they see one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>Words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>Words on the selected pictures; Esc goes back to them (W)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Write audit.json and sheets of the pairs into a folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Writing to {folder} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>Writing {name} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>Wrong first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Wrong, right for the wrong reason, open, disputed or flat: then under “Show” above the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>Wrong, the surest first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>Wrote </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>Your name or initials</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>Your rating, from 1 (lowest) to 5 (highest)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Zoom &amp;in</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/menus.py" />
<source>Zoom o&amp;ut</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>[  and  ]</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>a black box shows no layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>a cell of the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>a detector</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>a network may learn this</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>a picture of each filter or class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/region.py" />
<source>a point: click on the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>a row for every heatmap, with its own title and colour bar</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>a setting of the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>about how many pieces the picture is cut into</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>about {each} left, {workers}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>about {seconds} for {extent}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>absorb</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<location filename="../../tfcore/registry" />
<source>accuracy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>adam</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>adamax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>adamw</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>adaptive ECE</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>add a model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>adding pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>adding {what}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>after epoch {epochs}; the best epoch so far is kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>agreement of the metrics</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>agreement of the models</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>alike</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/inside/filters.py" />
<location filename="../../tfcore/registry" />
<source>all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>all answers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>all but those that mean healthy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/grid.py" />
<source>all heatmaps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>all heatmaps of the figure on one scale</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>all layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_side.py" />
<source>all pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>all samples</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>all stages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/checks.py" />
<location filename="../../gui/panels/layers.py" />
<source>all stages joined</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>all that is said of the prediction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>all {listed} listed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>all {n} that match the filter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>alpha</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/words.py" />
<source>also pictures it has learnt from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>among</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>and turned by up to so many degrees; 0: not</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>angle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>answer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>answer of the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>answers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>any</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>aopc</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>aps, adaptive</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>architecture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>area (averages when shrinking)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>arms</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>as a share of the probability before; below 0 where it rises</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>as in 000 with --augment 'affine, blur, noise, salt-and-pepper' --balance over</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>as many runs on the same sides; left out: folds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>as the architecture does</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>as the network: {side}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>ask: {kind}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>at most so long or so often for each picture: 30s, 5min, 500passes (empty: no limit)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>attention</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>audit {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>augment</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>augment {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>augmentation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>augmentations of training pictures, as 'flip, rotation:degrees=15'; empty: none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/augmented.py" />
<source>augmented pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>auto</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>auto: 16-bit arithmetic on a GPU, 32-bit on a CPU</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>automatic</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>average-drop</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>averaging</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>axial</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>axioms</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>back to {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>background</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>balance</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>bars</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>baseline</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>basis</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>batch</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>batch norms are folded into linear layers where that is exact, else passed; norms over one image's values pass, gates and attention are constants</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>batch size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>before its first epoch ended</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>behind the cells</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>best</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>best epoch by</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>beta</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>bias</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>bilinear</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>blend</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>block</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>block {block}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>block, counted from the image (empty: the last)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>blue, green, red</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>blur</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>bold: predicted · ◂ explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>bold: predicted, ◂ explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>bone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>box-iou</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>brain</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>brats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>brats-ped</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>broken files</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>budget</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>by size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>calibrate on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>calibration class by class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>cancel {job}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<location filename="../../gui/features/segment/place.py" />
<location filename="../../gui/features/uncertainty/volume.py" />
<location filename="../../gui/panels/jobs.py" />
<location filename="../../gui/shown.py" />
<source>cancelled</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/train/panel.py" />
<location filename="../../gui/panels/job_row.py" />
<location filename="../../gui/panels/running.py" />
<source>cancelling …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>canonize</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cascading</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>cases</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<location filename="../../gui/features/composer/form.py" />
<source>cells across</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cells along each side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cells of a mask along each side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>centre</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>centre: the middle of it, cut</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>changes the field that has the focus, and no other</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cividis</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/panels/meaning.py" />
<source>class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>class activation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>class folders of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>class probabilities</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>class that is asked about</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>class to explain, by name or number; left out: the predicted one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>class weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>class {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>class-agnostic: the same heatmap for every target</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<location filename="../../gui/panels/model_facts.py" />
<source>classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>classes whose mean recall counts, with commas; left out: all but those that mean healthy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>classification</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>clearing the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>clearing the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cnn</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>colour</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<location filename="../../tfcore/registry" />
<source>colours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>colours of the heat; signed heatmaps are always diverging</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>column</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>column of the journal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/palette.py" />
<source>command</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/palette.py" />
<source>commands that fit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>comparing them …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>complexity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>composite</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>computing {shown} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<location filename="../../gui/features/ensemble/choice.py" />
<location filename="../../gui/features/ensemble/feature.py" />
<location filename="../../gui/features/uncertainty/over_picture.py" />
<location filename="../../gui/shown.py" />
<source>computing …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>concepts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>concepts in words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<source>concepts of {target}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>concepts tested</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>conditional</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>confidence</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>confidence-drop</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>confusion matrix</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>conservation-axiom</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<location filename="../../tfcore/registry" />
<source>convention</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>coronal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>cosine</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>cost</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>cost of the evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>cost of the run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cost.py" />
<source>cost of {method}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>counting, and timing two pictures …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>crop</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>curve</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>curves</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>dark</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>data set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>days</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>decay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>deeplift</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>default</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>delete {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>delete {n} regions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>deletion</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>deletion curve</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>demo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/many.py" />
<source>desk of many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>detectors by layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>device</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>diagnosis</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>dice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>did not come to its end</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/areas.py" />
<source>difference</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<source>difference of {method}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>disagreement</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>disagreement {mean:.3f} nats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>dismiss {job}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>dissect {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>distance from one square to the next</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>distance from one window to the next</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>diverging</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>divide by the union, or as printed (eq. 2.22) by the sum of both areas</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>double column</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>doubling a cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>down: cut every class to the smallest; over: repeat training pictures of rare classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>dragged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>draw</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<location filename="../../gui/features/segment/panel.py" />
<source>draw {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>draw: {kind}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/drawing.py" />
<source>drawing a figure failed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>drawing on {n} slices …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>drawing …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/beside.py" />
<source>drawn on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>drop copies</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>drop copies, and keep nearly equal pictures on one side of the split</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>drop duplicates</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>drop files here</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>each alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>each free and held</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>each heatmap from its own smallest to its own largest value</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>each heatmap from zero to its own largest value</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>each heatmap without so many percent of its values at each end</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>each pass is one thinned network for all pictures; the curve has the passes, better is what is better for the metric averaged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>each twice: free, and held to be a picture (002, figure 6)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>efficient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>ellipse</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>empty</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>encoder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>end as soon as no pixel's standard error is above this share of the heatmap's range (empty: all samples)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>ends of the stages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>energy-pointing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>engines</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../tfcore/registry" />
<source>epochs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>epochs that train the frozen base too, afterwards</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>epsilon</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>error</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>estimate{sure}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>evaluate {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>every</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>every class cut to the smallest; 80/10/10; frozen base; Adam; 20 epochs; epoch of the best mean validation recall over the diseases</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<location filename="../../gui/features/relevance/strip.py" />
<source>every feature map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>every head</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>every nth frame</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>every picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>every second frame of a video, central 230 px; split by patient 80/10/10; flips, rotation, contrast; AdaMax 1e-3; stops after 10 epochs without improvement</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/region.py" />
<source>everywhere</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>excess</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>explain now (slow methods wait for it)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>explain that class, in the order of the list of targets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>explain the predicted class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>explains every picture once more per sample, for the same class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>extra weight of contributions of the output's own sign</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>fact</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>faithfulness</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>faithfulness-correlation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>false</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/sheet.py" />
<location filename="../../gui/features/inside/likes.py" />
<location filename="../../tfcore/registry" />
<source>figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>figure {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>file name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>fill</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>filter {filter} of {layer}: {concept} {iou:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<location filename="../../gui/features/inside/likes.py" />
<location filename="../../tfcore/registry" />
<source>filters</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>filters by number</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>filters of the small encoder at the picture's own size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>filters that fire there</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>filters · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>finding</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/study/form.py" />
<source>findings</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>fine tune epochs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>fine tune lr</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>fine-tuning epochs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>fine-tuning rate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/heading.py" />
<location filename="../../gui/panels/card_choices.py" />
<source>fit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>five blocks of convolution, ReLU and pooling; dense 128; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>flatten</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>flatten: every place has weights of its own, dense 128; gap: the mean over all places, as cam needs it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>float32</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>focus</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>focus classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>fold batch norms into the linear layers beside them where that is exact</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>folder in whose first 500 pictures those are found that excite these channels most (empty: none)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>folder of pictures that say what is usual, the first 100 of it (empty: the image's own zero, mean and blurred image)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>folder of pictures that say what is usual, the first 100 of it (empty: the picture itself)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>folder of the results</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>folder of the tables</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>folders of the listed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>folds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>for methods that weigh channels: cam, grad-cam, grad-cam++, hires-cam, layer-cam, relevance-cam, xgrad-cam, xrelevance-cam</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>for methods that weigh channels: cam, grad-cam, grad-cam++, hires-cam, layer-cam, relevance-cam, xgrad-cam, xrelevance-cam; runs the network behind the layer once per channel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>for the archive of a hospital; refers to the DICOM pictures it is of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>forget the splits that come with the data</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>format</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>formula</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>freehand</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/ends.py" />
<location filename="../../gui/panels/intensity_box.py" />
<source>from</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>from little to much</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>from one value to another, the same for all heatmaps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>from the input to the output</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>from zero</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>frozen</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>gamma</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>gap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>given splits merged, 60/20/20; AdamW 1e-4; weights averaged over 2 epochs; epoch of the least validation loss; 40 epochs for cnn-2, else 20</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>go through its slices · zoom</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>go through the list, wherever the focus is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>going to {what}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>grad-cam++ with gradients averaged over noisy copies of the image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>grad-times-input</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>grad-times-input where there is no attention, no norm and no smooth activation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>gradient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>grey</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>grey, repeated over all channels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<location filename="../../tfcore/registry" />
<source>grid</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/grid.py" />
<source>grid of heatmaps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>group</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>group by patient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>guided-backprop</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>has not come to its end; resume it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>hash</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>head</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>head of that block (empty: mean of all)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>head {head}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>heading</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<location filename="../../gui/features/composer/form.py" />
<location filename="../../gui/features/relevance/tile.py" />
<location filename="../../tfcore/registry" />
<source>heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>heat inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>heat max</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>heat min</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/gathering.py" />
<source>heat of one model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/gathering.py" />
<source>heat of several models</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>heat of slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>heat of the models</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>heat {picked}: {state}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>heat ± sd</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>heat: it fades in with its own strength, and where there is none the picture is seen as it is; wash: it covers everything alike</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../tfcore/registry" />
<source>heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>height of a page</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>hide heatmap while held</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>hide the heatmap while held</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>high</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/histogram.py" />
<source>histogram of the passes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/history.py" />
<source>history of messages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>hog</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/scan.py" />
<source>holds no picture Heatlens can read; choose another folder.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how a window is filled: as its surroundings suggest, or from anywhere</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how far beside the mask still hits</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how grey levels become numbers; left out: the architecture's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how maps are compared</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>how often the model is right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how scores become weights: softmax over the channels, or none (the bare differences)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>how sure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>how sure it is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>how sure the model is asked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how the heatmap was made</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how the learning rate falls then: not at all, or along half a cosine to nothing at the last step</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>how weights are changed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>ignore</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>imagenet-caffe</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>imagenet-torch</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>in percent of the images</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>in percent of the probability before</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>in set</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>increase</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>independent</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>inferno</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<location filename="../../gui/panels/model_facts.py" />
<location filename="../../tfcore/registry" />
<source>input</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/checks.py" />
<location filename="../../gui/panels/layers.py" />
<source>input (pixels)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>input height</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>input pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>input width</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>insert</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>insert dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>inserted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>insertion</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>inside</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/panel.py" />
<source>inside the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>instances</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>integrated-gradients</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<location filename="../../tfcore/registry" />
<source>intensity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>intensity {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>interpolation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>iou</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>is being trained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>is in</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>its nearest of another class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>its probability</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>jitter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>jobs and history</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>judge and keep the mean of the weights over about so many epochs, the latest counting most; 0: the weights as they are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>judge {method} of {n} pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>judge {method} · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>judged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>judging …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>judging … {done:.0%}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>keep</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>keep the base as it is and train the head alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>keep the patient's identity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>keeps denominators from zero, with their sign</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>kind</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>kind of sets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>l2</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>label</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>label logits: each class on its own, before the sigmoid</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>label smoothing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/files.py" />
<source>label {label}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<location filename="../../tfcore/registry" />
<source>labels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>labels of {n} pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>labels that are a finding</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>lac, the smallest</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>largest change of a value, as a share of the picture's range</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>largest class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>last finished job</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/inside/likes.py" />
<location filename="../../gui/panels/method.py" />
<source>layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>layer by layer · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/place.py" />
<source>layer by layer · {x}, {y}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>layer of the arm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>layer of the directions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>layer of the filters</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>layer on show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>layer path or stage; left out: the last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>layer paths or stages with commas between; left out: the last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>layer {place}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/compare/panel.py" />
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/inside/filters.py" />
<source>layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/film.py" />
<source>layers of the place</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<source>layers to dissect</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>layers whose relevance is kept from the same run: paths with commas between, or stages (others cost a run each)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>leads through all that is seen; buttons, lists, tabs and sliders it has led to keep their keys</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>leaf</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<location filename="../../tfcore/registry" />
<source>learning rate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>learning rate of these epochs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>least</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>length of a step, in half the range from black to white</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>less and more opacity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>letters</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>lie on two sides of the split, which flatters these figures.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>light</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>likeness to the training pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/inside/filters.py" />
<source>limit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>line at mean + so many standard deviations</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>load {n} regions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>localisation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>logits: one class of many, before the softmax (one unit: before the sigmoid)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>look at the run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/describing.py" />
<location filename="../../gui/features/audit/feature.py" />
<location filename="../../gui/features/cohort/feature.py" />
<location filename="../../gui/features/evaluate/feature.py" />
<location filename="../../gui/features/train/feature.py" />
<source>look at {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/place.py" />
<source>looking at column {x}, row {y} …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/place.py" />
<source>looking at every layer …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>looking which filters fire here …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/finding.py" />
<source>looking…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>loss</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>low</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>lr</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>lung</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>macro-f1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>made pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>magma</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>make the study {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>make {name} again</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>manual</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>marginal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>marked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>marks</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<location filename="../../tfcore/registry" />
<source>mask</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>mask at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dicom.py" />
<source>mask begins at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>mask · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/feature.py" />
<source>masks of {named} · {n} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/beside.py" />
<source>masks of {name} · {count} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>max</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>max-sensitivity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>may be wrong: {score:.2f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>may miss</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<location filename="../../tfcore/registry" />
<source>mean</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<location filename="../../tfcore/registry" />
<source>mean of all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>mean of several</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>mean of {mean_of}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>mean under dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>mean without {left_out}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source>mean {mean:.4g}{interval}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>mean ± sd</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>mean, middle 90 % of {passes} {each}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>mean-recall</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>measure a distance, in mm where the file says how large its pixels are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>measurements</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>memory</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>memory: {engines}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>merge</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>merge splits</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/panels/method.py" />
<source>method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>method of the arm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>method that is averaged, with its usual settings</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/evaluate/form.py" />
<source>methods</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source>methods and metrics</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>methods disagree</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>methods section of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>methods with commas between</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/evaluate/form.py" />
<source>metrics</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>metrics with commas between, or all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<source>min</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>min-max</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>min-max: each heatmap from its own smallest to its own largest value; from zero: each heatmap from zero to its own largest value; percentiles: each heatmap without so many percent of its values at each end; manual: from one value to another, the same for all heatmaps; shared: all heatmaps of the figure on one scale</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>missed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/panels/model.py" />
<source>model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/shown.py" />
<source>models</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>models disagree</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>more about the heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>more flags</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>most</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>most memory for pictures kept from epoch to epoch; beyond it they are read anew</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>most probable of {n} first · </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>move</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>move {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>move · bend the chosen region by one pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>moving a cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>moving a column</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>moving a row</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>names of columns</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>names of rows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>native</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>nearest of another class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>nearest of another class · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>nearest pixel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/prediction.py" />
<source>nearest training pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>nearly flat map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>needs dropout layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<location filename="../../tfcore/registry" />
<source>neurological</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>never</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>new tag</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>no</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>no detector: IoU below {detects:g}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>no difference yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>no heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>no layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>no limit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source>no picture has a number</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/view.py" />
<source>no positive evidence for {class_}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>no split yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>noise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>noise on the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>noise {sigma:g}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/compare/panel.py" />
<location filename="../../tfcore/registry" />
<source>none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>none of them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>none yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>none: 0 … 255 as they are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>norm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>normalise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>not clearly better</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>not computed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>not defined (one heatmap is the same everywhere)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>not explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>not known</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>not known, the concepts being of one patient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>note</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>note on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>nothing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<location filename="../../gui/features/study/asking.py" />
<source>nothing drawn</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>nothing is written</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>nothing was written</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of changed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of coalitions</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of fillings of each window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of masks</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of noisy copies</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of noisy copies of each masked image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of passes with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of points</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of random networks</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of random parts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of samples</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>number of training pictures, for Laplace's correction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>of a cross-validation, a run each; left out: seeds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>of a data set…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>of all answers {whole:.0%} are wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>of each run; left out: the recipe's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>of every picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>of pictures the network classifies as labelled; with order=least lower is better, and order=random is what a map without knowledge gets</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>of the files: png, npz, pdf, nii … with commas between</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>of the heat on the picture where it is strongest, 0 to 1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>of the listed pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>of the noise that is begun with and of how it is moved</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>of the open model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>of the values left out at each end of the scale (percentiles)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>of what is drawn at random, and of the intervals</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>of {marked}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>on to {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>once</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>one and a half</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>one filter of each layer (002, figure 12)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>one filter with jitter, style and tv from little to much (002, figure 13)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>one model</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>one of each layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>only relevance that passes these channels of a layer: LAYER:CHANNEL, counted from 0, more with commas (concept relevance; empty: all)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<location filename="../../tfcore/registry" />
<source>opacity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>opacity of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>open the list of a field; arrow keys go to the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>open {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>open {source}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>opening a figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>opening data and model …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>opening {what}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>optimiser</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>optimizer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>or File ▸ Open pictures, or Open demo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>order</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>other</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<location filename="../../tfcore/registry" />
<source>outline</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>outline: standard deviations above the mean</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/pieces/feature.py" />
<source>outlines of super-pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/pieces/feature.py" />
<source>outlines of {super_pixels}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>output</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>output
{name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>output
{name}
Σ {total}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>output folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>outputs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>over</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<location filename="../../tfcore/registry" />
<source>overlay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>overlays of three planes, one of them large, with the crosshair</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>overlays one after the other as film runs, with the name of the layer below each</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>overlays only: methods down, layers or models across</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>own curve</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>p</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>pad</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>pad: all of it, with margins</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<location filename="../../gui/features/guide.py" />
<source>page</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/guide.py" />
<source>pages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>pairs of pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>pairwise Dice {lowest:.2f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>panel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/docks.py" />
<source>panels: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>paper</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>parameters</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>part of all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>part of {place}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>parts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>parts are drawn from super-pixels of the picture, the same for all maps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>parts forgotten, from the scores down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>parts that are done</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>parts that failed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../gui/shown.py" />
<source>passes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>passes over the training pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/volume.py" />
<source>passes over {named} · {n} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>passes with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>patch</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>patience</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>patient</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>patient {patient}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/audit/tables.py" />
<source>patients on two sides</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>patients on two sides </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>patients unknown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>per image: mean 0, deviation 1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>per-image standard</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>percent</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<location filename="../../tfcore/registry" />
<source>percentiles</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>perturbation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<location filename="../../tfcore/registry" />
<source>picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>picture size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/canvas.py" />
<source>picture with heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>picture without evidence to start from: zero, the image's mean, its blur, or the path of a picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>picture {number}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/grid.py" />
<location filename="../../gui/export/place.py" />
<location filename="../../gui/features/audit/tables.py" />
<location filename="../../gui/features/calibrate/panel.py" />
<location filename="../../gui/features/triage/risks.py" />
<source>pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/behind.py" />
<source>pictures behind the cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>pictures done</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>pictures for {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>pictures of rare classes count more</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>pictures of the class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>pictures per class and split</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>pictures per step</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/inside/filters.py" />
<source>pictures to draw at random; left out: all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>pictures with masks or outlines; Dice and cross-entropy; Dice and distances of every picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<location filename="../../tfcore/registry" />
<source>pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>pixels, without loss; for slides and the web</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>pixels, without loss; what many journals ask for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>plain numbers, no probabilities</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/side_planes.py" />
<source>plane {number}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<location filename="../../gui/features/compare/panel.py" />
<location filename="../../tfcore/registry" />
<source>planes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/planes.py" />
<source>planes of {method}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/region.py" />
<source>point {x}, {y}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>pointing-game</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>points on the way from the baseline to the image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>precision</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>predict {pictures}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<location filename="../../gui/features/segment/areas.py" />
<location filename="../../gui/panels/method.py" />
<source>predicted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>prediction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/predicting.py" />
<source>prediction · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>prediction, method, layer, model, file</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>predictions (.csv)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>prepare the study {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>press Compare</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>press Explain to compute</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/paper.py" />
<source>preview of the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/card.py" />
<source>preview · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>printed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>probabilities of one class of many</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>probabilities, each class on its own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<location filename="../../gui/features/evaluate/curves.py" />
<source>probability</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<source>probability of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/histogram.py" />
<source>probability of {name}, mean {mean:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>problem</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>processes of this machine</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>progress</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>progress of the audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>progress of the evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>progress of the training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>progress of {job}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/running.py" />
<source>progress: {word}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>px</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<location filename="../../tfcore/registry" />
<source>radiological</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>radiological: seen from the feet and the front, the patient's left on the right; neurological: the other way round. The network gets the same picture in both</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>radius</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<location filename="../../tfcore/registry" />
<source>random</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>random pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>randomisation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>randomise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>rank correlation 1.00: every pass gave the same heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>rank correlation of their heat {alike:.2f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>rank correlation {agreement:.2f}: {words}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>rank correlation: undefined, fewer than two passes gave a heatmap that varies</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>rank {n} pictures by sureness ({origin})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>ranked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>rate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>rate falls</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>rate of dropout put in after each stage; none: the network's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>rate of the inserted dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>rate {rating}:</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>rating</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/place.py" />
<source>raw heatmaps (.npz)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>reader</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>recall</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>recent files</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/train/request_form.py" />
<source>recipe</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<location filename="../../gui/features/measure/taken.py" />
<location filename="../../gui/features/review/feature.py" />
<source>record of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>rectangle</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>red</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>red, green, blue</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>reference</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<location filename="../../gui/panels/method.py" />
<source>region</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/tile.py" />
<source>relevance</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>relevance propagation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>relevance propagation is patented in places and free for research; for other uses ask its authors</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<source>reliability diagram</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>remaining time</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>removing a cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>removing {gone}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>removing {n} pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/feature.py" />
<source>rename {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>replacing a picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>residual</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>resize</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>resnet50</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>resnet50: that of ImageNet; small: one residual block a stage, with so few filters that it learns on a CPU</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>results by arm</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>right button, dragged</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>right for the wrong reason</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>rises</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>risk</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>risk and coverage</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>road</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>robustness</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>rotation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>row</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>rows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>rows of three</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/tools.py" />
<source>ruler</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>run folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>running</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>runs the network behind the layer once per channel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>runs the network many times per channel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>runs the network once per channel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>sagittal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>saliency</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>samples</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>sampling</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>sanity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>save card</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>save the audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>save the calibration of {model}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>save the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>save what filters of {name} stand for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<location filename="../../gui/features/composer/form.py" />
<source>scale</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<location filename="../../tfcore/registry" />
<source>scaling</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>score-cam with each score averaged over noisy masked images</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>scores are averaged as they are, so only differences within the heatmap mean something</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>sd under dropout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>seconds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<location filename="../../gui/features/study/form.py" />
<location filename="../../gui/features/train/request_form.py" />
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../tfcore/registry" />
<source>seed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>seeds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>segmentation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>sensitivity-axiom</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>settings of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of cells that show the image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of certainty spread over all classes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of each weight taken away per step, times the rate</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>share of pictures that are answered</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>share of the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>share of the picture that each class covers{together}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the scale from which on heat is laid over the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the steps over which the learning rate rises to its full height</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the super-pixels that are taken away</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the training pictures with an empty mask that are learnt from; all others always are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the values dropped before the last layer while training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>share of the values dropped behind every layer while training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<source>share of {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/diagram.py" />
<source>share that is right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>shared</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>shares of training, validation and test pictures in percent, or the split.csv of another run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/help.py" />
<source>shortcuts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/filters.py" />
<location filename="../../gui/features/uncertainty/panel.py" />
<source>show</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/views.py" />
<source>side by side</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>side of the central square cut out of a frame</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>side of the covered square</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_side.py" />
<source>side of the data</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>side of the input in pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>side of the input in pixels; left out: the architecture's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>side of the window that is taken for unknown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>sides unknown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>sigma</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>signal</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>signals of failure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>similarity</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>single column</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/checks.py" />
<source>single layers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/measure/table.py" />
<location filename="../../tfcore/registry" />
<source>size</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>size of the text</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>slice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>slices of four-channel volumes, split by patient; z-score inside the brain; Dice and cross-entropy; Dice and HD95 of WT, TC and ET by patient over whole volumes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>small</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>smooth</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>smooth: values of a heatmap blend into each other; pixels: each is seen; by size: pixels from three times the size on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>soft tissue</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/finding.py" />
<source>sorting slices, {done:,} of {total:,}…</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>spearman</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>split</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>spread of all</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>spread of several</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>spread of the heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>spread of the noise, as a share of the image's range</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>ssim</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>stages joined</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>standard deviation of p over passes with dropout on</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<location filename="../../gui/features/review/panel.py" />
<source>star</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>start of the random numbers; the same seed gives the same heatmap</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>state of the audit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>state of the calibration</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>state of the evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>state of the run</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>state of the study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/panel.py" />
<source>state of the training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/running.py" />
<source>state: {word}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/status_line.py" />
<source>status</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>steps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>steps uphill</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>stop after so many epochs without improvement; left out: never</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>stop {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>stopping …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_choices.py" />
<source>stretch: all of it, distorted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>stride</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>strip</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>structures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>style</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>subset</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/tile.py" />
<source>sum of relevance {total}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>sum up {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/pieces/feature.py" />
<source>super-pixels · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>superpixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/controls.py" />
<source>symmetric</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>table from layer path (with *), type, "first" or "others" to a rule, e.g. {"Dense": "epsilon(0.01)"}; what it does not name stays as it is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>tables in {file}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>tag {tag!r}:</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>tags</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>take every so many frames of a video</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>take the picture off the list (the file stays)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>take the rating of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>take the selected regions away</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>take the star of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>take the tag {tag!r} of</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>target</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>target class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model_facts.py" />
<source>task</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/templates.py" />
<source>templates</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>text and lines can be edited in a drawing program</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>text and lines stay sharp at any size; fonts are embedded</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>that is trained; its settings are further flags</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the architecture's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the base is run once per picture and its features are reused in every epoch; 003 starts from --weights imagenet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>the cell in words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the class that is explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the class with the highest probability</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>the colours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>the command</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the curve begins with the trained network, then follows the parts from the scores down; the number is the mean behind the beginning; with randomise=efficient higher is better</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/curves.py" />
<source>the curves</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/data_picker.py" />
<source>the data set is being looked at</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/autosave.py" />
<source>the disk does not answer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>the ends of the stages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/plot.py" />
<source>the epoch that is kept</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>the export</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the figure as a picture, which every viewer shows (Secondary Capture)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/files.py" />
<source>the figure of the session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the filter</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>the first; of labels none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the head and one stage after the other, each of them alone, or (efficient) all at once, measured by the rise of the map's entropy</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>the heatmap alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>the heatmap changes from pass to pass; do not read its details</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>the heatmap hardly changes from pass to pass</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>the heatmap keeps its rough shape from pass to pass</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>the heatmap over the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the image's own zero, mean and blurred image</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/colour_bar.py" />
<source>the input</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../tfcore/registry" />
<source>the last</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/panel.py" />
<source>the last feature map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>the last session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/layout.py" />
<source>the layout of the panels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>the method's own layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the metric that is averaged, as it is by default</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>the model is being opened</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>the network's answer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the network's file, of a run its folder</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>the new session</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the order of the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>the page of the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the part of the picture that is explained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>the part that is seen</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_preview.py" />
<source>the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>the picture alone</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>the picture asked about</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the picture is moved by up to so many pixels in every step; 0: not</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/tile.py" />
<location filename="../../tfcore/registry" />
<source>the picture itself</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the picture's file, without its ending</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<location filename="../../tfcore/registry" />
<source>the picture's own window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>the pictures are as far as they came</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<location filename="../../gui/features/relevance/words.py" />
<source>the pixels</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>the predicted one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/form.py" />
<source>the raw heat of slices as a volume that lies on the one they are of, voxel on voxel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the raw heat, for a viewer to lay over the picture (Parametric Map)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>the reader study</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>the recipe's own</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the same as res-unet without skips or residuals: an encoder and a decoder, no more</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>the same seed trains the same network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>the settings of the method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the sides of the patient and a scale bar in mm at the edges of the picture, where its file knows them</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/looks.py" />
<source>the size of the text</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>the tolerance counts pixels of the network's input; of several hottest pixels their share that hits</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>the training</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/figures.py" />
<source>the {n} selected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>there is no folder {folder}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>there is no picture yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>this picture: {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>those in the list</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>those selected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>three convolutions 32-64-128 with pooling; dense 128; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<location filename="../../gui/panels/card_dialog.py" />
<location filename="../../tfcore/registry" />
<source>threshold</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>through</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>time one picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>title</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>title of the cell</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>titles</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/ends.py" />
<location filename="../../gui/panels/intensity_box.py" />
<source>to</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>tolerance</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>top k</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>train</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>train head only</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>train the head alone; left out: as the architecture does</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>train {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/feature.py" />
<source>train {recipe} · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>transfer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>transformer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>transparent</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>triage {n} pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>true class</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>true: {true}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>tv</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>two blocks of convolution, ReLU and pooling; dense 128; softmax</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>two classes, 256 × 256; 70/30, then 15 % of the 70 for validation; batches of 64; Adam; 15 epochs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>type to find a layer</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/layers.py" />
<source>type to search</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<location filename="../../gui/features/audit/tables.py" />
<source>unannotated</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<location filename="../../tfcore/registry" />
<source>uncertainty</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/choice.py" />
<source>uncertainty {mean:.3f} of {largest_entropy:.3f} nats</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>unet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>uniform</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>union</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>unlike the training pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/delegate.py" />
<source>unreadable</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>unsure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>use only this many channels, those that vary most (empty: all)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/curves.py" />
<source>validation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>validation figure that chooses the epoch to keep</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/readout.py" />
<source>value</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>value at the lower end of the scale (manual)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>value at the upper end of the scale (manual)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>values</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>values {values}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>verdict</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>verdict: none against</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/feature.py" />
<source>verdict: {n} against</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>viridis</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>vision transformer, patches of 16, width 192, 3 heads; reads timm weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>vision transformer, patches of 16, width 768, 12 heads; reads timm weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/slices.py" />
<source>volume in time</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>voxel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/place.py" />
<source>voxel {x}, {y} · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/job_row.py" />
<source>waiting</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<location filename="../../gui/features/evaluate/panel.py" />
<location filename="../../gui/features/train/panel.py" />
<location filename="../../gui/features/verdict/feature.py" />
<location filename="../../gui/panels/running.py" />
<source>waiting for the engine …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>warm up</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/words.py" />
<source>warm-up</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>was stopped</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>wash</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>washout</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>waves</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight decay</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight of how unlike the mean picture of the data it is; 0: none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight of negative contributions; α − β = 1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight of positive contributions; α − β = 1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight of the squared distance from grey; 0: none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>weight of the total variation; 0: none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/request_form.py" />
<source>weights</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what a super-pixel shows is how much of the lead of the class it takes; nothing outside the set counts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what a verdict says of the map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>what comes first</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/concepts/feature.py" />
<source>what concepts are tested</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what happens to a cell: noise added (normal, 0.1 of black to white), or in its place uniform noise, the picture's mean, its blur, zero, or what its surroundings suggest (road)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/feature.py" />
<source>what is audited</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>what is calibrated</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what is changed: pixels, or waves of all sizes alike</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/feature.py" />
<source>what is compared</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/feature.py" />
<source>what is computed of many pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>what is dissected</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>what is drawn</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>what is evaluated</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/trail.py" />
<source>what is listed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what is marked is: one class; labels: the one of its outline or picture; values: those of the mask; auto: labels where outlines have several, values where masks hold several, else one</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>what is missed in</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>what is missing</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/talk.py" />
<source>what is to be known</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/feature.py" />
<source>what is usual in</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>what is wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<location filename="../../gui/panels/meaning.py" />
<source>what labels mean</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>what pictures are made for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>what rises</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what steadies the values behind each convolution: nothing, the batch's statistics or the picture's own, in groups</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>what the cell shows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>what the model can be asked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_preview.py" />
<source>what the network sees</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what the picture really shows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>what the values of a mask are: brats of adult glioma (3 or 4 enhances), brats-ped of children</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>what the window remembers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>what went wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/seen.py" />
<source>what {name} gets · {path_name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>wheel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>wheel on a volume · Ctrl+wheel</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>wheel · drag · double click</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>where a mask begins: mean+std (above the mean by one standard deviation, as iou has it) or a value of the map</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>where in the network</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/arms.py" />
<source>where it wavers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/region.py" />
<source>where predicted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>where several objects are marked, the best-matching one counts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>where the heat is strong, for a viewer to lay over the picture (Segmentation)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>where the nearest is looked for</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>whether biases take their share of relevance (absorb) or leave all of it to the inputs (ignore)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>which cells go first: the most or the least relevant, or any</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/meaning.py" />
<source>which class of the models a label means</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>which pairs</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>which signal tells</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>which values become black and white, as 'z-score' or 'percentile 1 99'; empty: the picture's own window</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>whole volume</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/methods.py" />
<source>whom to cite for {method}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>whose heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>whose heat a cell shows</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>width</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/form.py" />
<source>width of the figure</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>width of the frame that tells what the window may hold</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>width: the number of filters, times this</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/windowing.py" />
<source>window on the screen</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/intensity_box.py" />
<source>window: centre and width</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>window: wider or narrower sideways, brighter or darker up and down</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>windows all over the image come first, then those where something was found</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<source>with commas; left out: the ends of the stages</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>with other noise on it</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<source>with other units dropped</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>with thumbnails</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/areas.py" />
<source>with truth</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/ends.py" />
<source>without</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>words</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/form.py" />
<source>words of the {kind}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/page.py" />
<source>words on the picture</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>worker</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/form.py" />
<location filename="../../gui/features/cohort/panel.py" />
<source>workers</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/feature.py" />
<source>wrong</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/narrowing.py" />
<source>wrong and right find predictions by their label
predicted=glioma and label=glioma find a class by how its name begins
p&lt;0.7, entropy&gt;0.5 and rating&gt;=3 compare the probability, how unsure it is, and the rating
iou&lt;0.5 compares the metric that is picked in an evaluation</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>x/127.5-1</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>yes</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>zero</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>zoo</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/help.py" />
<source>zoom · move · fit</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>{accuracy}, macro F1 {f1:.3f}, {pictures}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>{address} was not explained.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/triage/risks.py" />
<source>{best} tells best what is wrong here; {without}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/scan.py" />
<source>{closed}{more} not be opened; ask for permission to read there.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/delegate.py" />
<source>{count:,} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{count} from {first}: {why}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>{count} in {pictures}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>{count} of label {real}, predicted as {said}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{done:,} of {parts}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>{done} of {maximum} · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>{done} of {total}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/feature.py" />
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>{done} of {total} passes …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/volume.py" />
<source>{done} of {total} slices …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>{entropy:.3f} of {largest_entropy:.3f} nats (entropy)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/elsewhere.py" />
<source>{epochs} done</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>{error} Your answers are still here: press Next again.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>{extent}; timing the first picture …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/missing.py" />
<source>{files} no longer in {folder}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>{files}, {held}, written to {folder}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>{filter} of {layer} ({concept} {iou:.2f})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>{first}  less  {second}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/where.py" />
<source>{folder} lies in the pictures of {name}, where what is written would be taken for data; choose a folder outside of it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>{folds} folds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>{gone} is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/verdict/line.py" />
<source>{grid} × {grid} cells, {orders} random orders, {changes} noisy pictures, {networks} randomised networks, seed {seed}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/form.py" />
<source>{help}
{name}{unit}: {allowed}; default {start}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>{job} has been running for {seconds}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/leaving.py" />
<source>{job} is waiting.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>{kinds};;All files (*)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/asking.py" />
<source>{kind} drawn</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>{label} as {predicted}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/tile.py" />
<source>{layer} · {rows} × {columns}
{what}, from {min} to {max}
Click to see it large; click again for the heatmap of the method</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/words.py" />
<source>{layer}: {detectors} of {filters} filters are detectors, by chance {chance}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>{masks} left out</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>{method}
at the input</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/colour_bar.py" />
<source>{method}   heat ({how})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/colour_bar.py" />
<source>{method} at {place}, for {class_}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>{method} for {name} · {told}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>{method} is not seen layer by layer out of one run; {able}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/strip.py" />
<source>{method} of every head, block by block from the input to the output</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>{method} of {n} models · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/asking.py" />
<source>{method} under dropout · {name} · {origin}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>{method} · {name} · {n} {plane}slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/matrix.py" />
<source>{metric}: {better} is better; the mean over the pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>{mutual:.3f} nats (mutual information)</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/feature.py" />
<source>{n:,} pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>{name}
{said}, as predicted</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/feature.py" />
<source>{name} answers for every pixel; neighbours are of whole pictures</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/trust.py" />
<source>{name} contains {what}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/thumbnails.py" />
<source>{name} could not be read: {error}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/pairs.py" />
<source>{name} frame {frame}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/app.py" />
<source>{name} has no layer {layer!r}; pick one from the list of layers.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/reproduce.py" />
<source>{name} is made again in {out}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>{name} needs a method that weighs channels, such as grad-cam</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/form.py" />
<source>{name} needs masks, and the data set has none</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>{name} notices pictures unlike these from now on.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>{name} · {what} at {where} for {class_}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/segment/panel.py" />
<source>{name}: at {place:.2f} at most {alpha:g}% missed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/table_box.py" />
<source>{name}: name</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>{name}: the network takes any, so one has to be picked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/table_box.py" />
<source>{name}: value</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/said.py" />
<source>{nearly_flat} heat</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/view.py" />
<source>{nearly_flat}: all values from {low} to {high}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/jobs.py" />
<source>{n} ahead</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>{n} files and folders</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/asking.py" />
<source>{n} heatmaps · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>{n} models as one · {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/panel.py" />
<source>{n} not readable</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>{n} of {total} written to {folder}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>{n} pictures are</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/sweep.py" />
<source>{n} pictures could not be {word}: {problem}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>{n} pictures not usable: {unread}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>{n} pictures of {on}: accuracy {accuracy:.3f}, ECE {ece:.3f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/feature.py" />
<source>{n} predictions are in {path}{missing}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>{n} readings are kept. Thank you.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/ensemble/feature.py" />
<source>{n} runs are asked as one; Heat, below the method, says whose heat is seen.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/volume/every_slice.py" />
<source>{n} slices could not be explained: {problem}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/grid.py" />
<source>{n} × {columns} heatmaps</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/panel.py" />
<source>{n} × {columns}: more than {most} heatmaps; untick some.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/agreement.py" />
<source>{one} and {other}: τ {item}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>{order}a name with a comma in "quotes"</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/feature.py" />
<source>{other} is</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>{pairs} of equal or nearly equal pictures {where}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/preview.py" />
<source>{paper} · {width} × {height} pixels at {dpi} dpi</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{parts}; about {seconds} by {workers}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/method.py" />
<source>{passes} for a picture{lasts}{keeps}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/volume.py" />
<source>{passes} passes over {n} slices …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/trust.py" />
<source>{path}

Opening it runs code that its author wrote, with your rights: it could read, change or send files. Open it only if you know who made it.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/shown.py" />
<source>{path} cannot be shown</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/scan.py" />
<source>{path} could not be opened: {error}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/reading.py" />
<source>{path} could not be read ({name}: {error}).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>{path} describes a data set; name it where one is trained on or audited.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/arrivals.py" />
<source>{path} is no picture, model, table or session that Heatlens can read.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>{path} was changed elsewhere and is left as it is; save this session under another name (File ▸ Save session as…).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/reading.py" />
<source>{path} was changed since the study was made; put the first one back.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/feature.py" />
<source>{path}: {about}. Give readers this file, its folder and the pictures.{left}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{pictures_done:,} of {pictures}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{pictures} in {parts}{done}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/calibrate/panel.py" />
<source>{pictures} pictures of {on}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/feature.py" />
<source>{pictures} pictures, {n} concepts</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>{real}: share of its {total} pictures that are predicted so</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/tables.py" />
<source>{reasons}: {what}not checked</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>{right} of {labelled} pictures with a label are right ({share:.1%})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/likes.py" />
<source>{said}
(best picture {most:.3g})</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/evaluate/feature.py" />
<source>{seconds:.1f} hours</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{seconds} of work by {workers}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/outcome.py" />
<source>{seeds} seeds</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>{share} on this slice</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/confusion/panel.py" />
<source>{share}; rows: label, columns: prediction</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>{shown:,} of {listed:,}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/over_picture.py" />
<source>{shown}: not computed</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/grid.py" />
<source>{size} do not fit in here: enlarge the window, or untick some.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>{slices:,} slices</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/opening.py" />
<source>{source} is no longer waited for: {short} is opened instead.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/cohort/panel.py" />
<source>{state} Before: </source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>{stem} – Heatlens</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/inside/liking.py" />
<source>{steps} steps in {seconds:.0f} s</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/canvas/canvas.py" />
<source>{text} · heatmap hidden</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/model.py" />
<source>{text} · untrained</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/audit/dialog.py" />
<source>{text} · {done} of {total}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/train/plot.py" />
<source>{title} per epoch</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/compare/tables.py" />
<source>{title} · for {class_}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/relevance/tile.py" />
<source>{total} at {name}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/bars.py" />
<source>{unpredicted:,} not predicted yet</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>{versions}
process {pid}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/home.py" />
<source>{what} could not be read, so the window starts afresh{kept}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/composer/composing.py" />
<source>{what} is in the figure (Ctrl+6).</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/browser/acts.py" />
<source>{what} no longer there, and off the list.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/paper.py" />
<source>{width_mm:.0f} × {height_mm:.0f} mm · {width} × {height} pixels at {dpi} dpi</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/study/case.py" />
<source>{words}, and between which values it varies</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/neighbour/panel.py" />
<source>{word}{words}. Both heats are for {said}.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/session.py" />
<source>{wrong}, and this goes on without a name.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>°</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/words.py" />
<source>± {spread}, entropy {level:.2f}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../tfcore/registry" />
<source>α1β0 down to the pixels, which are known to lie between black and white</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>σ of the noise</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/uncertainty/panel.py" />
<source>σ: standard deviation of the noise, as a share of the range of the picture's values</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/card_dialog.py" />
<source>“{twice}” is there twice; every class needs a name of its own.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/export/dialog.py" />
<source>… and {more} more; the history beside the jobs names them all.</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>○ engine not started</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>○ engine restarting …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>○ engine starting …</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>● engine ready · {device}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>● engine restarted · {device}</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/panels/engine_badge.py" />
<source>● engine stopped</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/review/panel.py" />
<source>★ Star</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>✓ right</source>
<translation type="unfinished" />
</message>
<message>
<location filename="../../gui/features/labels/feature.py" />
<source>✗ label {label}</source>
<translation type="unfinished" />
</message>
</context>
</TS>
